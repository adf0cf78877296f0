"""The teacher assessment return of a school: the one value that everybody reads, checks, compares and writes."""
