"""Keys that stand in addresses: random, so that none can be guessed."""

import secrets

LENGTH = 12
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


def new_key() -> str:
    """Return twelve letters and digits that are not easily taken for one another: 59 bits."""
    return "".join(secrets.choice(_LETTERS) for _ in range(LENGTH))
