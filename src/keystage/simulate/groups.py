"""Made-up facts by which figures are broken down. The shares are made up too: they are nobody's, and say nothing."""

from random import Random

_DISADVANTAGED = (("Y", 30), ("N", 68), ("", 2))
_SEN = (("N", 78), ("K", 16), ("E", 5), ("", 1))
_LANGUAGE = (("ENG", 77), ("OTH", 21), ("ZZZ", 2))


def made_up_groups(chance: Random) -> dict[str, str]:
    """Return the cells of one pupil, by the names that the year's data have for the columns."""
    return {
        "disadvantaged": _one(chance, _DISADVANTAGED),
        "sen": _one(chance, _SEN),
        "first_language": _one(chance, _LANGUAGE),
    }


def _one(chance: Random, shares: tuple[tuple[str, int], ...]) -> str:
    return chance.choices([text for text, _ in shares], [share for _, share in shares])[0]
