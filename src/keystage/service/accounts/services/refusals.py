"""What cannot be done about people, said to the person who asked."""


class NotPossible(Exception):
    """A request that cannot be done as things stand; its text tells the person why, and what to do."""
