"""Names, in any script: how they are compared. A name is kept and shown exactly as it was given."""

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart into a base letter and a mark.
_PLAIN = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i", "ħ": "h"}
)
_NOT_LETTERS = re.compile(r"[\W_]+")


@lru_cache(maxsize=65_536)
def fold(name: str) -> str:
    """Return a name for comparing: without case, accents, spaces, hyphens, apostrophes or other punctuation.

    ``Ní Bhriain``, ``NÍ BHRIAIN`` and ``ni-bhriain`` fold to the same text. Letters of other scripts stay as they are.
    """
    if name.isascii() and name.isalpha():
        return name.lower()
    # Casefolding comes second: some signs fall apart into capitals.
    bare = "".join(c for c in unicodedata.normalize("NFKD", name).casefold() if not unicodedata.combining(c))
    return _NOT_LETTERS.sub("", bare.translate(_PLAIN))


def full_name(surname: str, forename: str) -> str:
    """Return a pupil's name as lists show it: ``Surname, Forename``, or what there is of it."""
    return ", ".join(part for part in (surname.strip(), forename.strip()) if part)
