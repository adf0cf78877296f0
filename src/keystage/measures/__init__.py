"""Results counted: what a set of results comes to."""
