"""What a store says where it cannot do what it should."""


class NotStored(Exception):
    """The store does not take the file: it is full, read-only, or does not answer."""


class NotAnswering(OSError):
    """The store does not answer: nothing is known of what is in it."""
