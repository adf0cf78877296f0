"""Keys that stand in addresses: random, so that none can be guessed."""

import secrets

LENGTH = 12
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
_KEYS = len(_LETTERS) ** LENGTH


def new_key() -> str:
    """Return twelve letters and digits that are not easily taken for one another: 59 bits."""
    number = secrets.randbelow(_KEYS)
    letters = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[place])
    return "".join(letters)
