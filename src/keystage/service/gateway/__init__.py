"""The gateway: collections, registration, files that come in, what they count for, receipts, results, help."""
