"""What cannot be done now, said to the person who asked."""


class NotAllowedNow(Exception):
    """A request that cannot be done as things stand; its text tells the person why, and what to do."""
