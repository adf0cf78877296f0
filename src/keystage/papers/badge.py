"""A school's badge: which pictures can stand on a report, and what is wrong with one that cannot."""


def check_badge(content: bytes) -> str:
    """Return nothing where a picture can be printed; else, in words for the school, why not and what to do."""
    raise NotImplementedError
