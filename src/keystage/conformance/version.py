"""Which pack this is."""

FORMAT = "keystage-conformance"
VERSION = "1.0"
"""Of the pack: the first figure goes up when its form changes, the second when what is in it does."""
NAME = f"{FORMAT}-{VERSION}"
