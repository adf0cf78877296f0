"""Files received and made: kept whole, named by content hash, in a folder or an S3-compatible store."""
