"""What the measures are broken down by: facts about a pupil that a school's own records hold. Absent is not known."""

from typing import NamedTuple

_YES_NO = {
    "y": True,
    "yes": True,
    "1": True,
    "true": True,
    "t": True,
    "n": False,
    "no": False,
    "0": False,
    "false": False,
}
_SEN = {
    **dict.fromkeys(("n", "none", "no", "no sen"), "none"),
    **dict.fromkeys(("k", "support", "sen support", "sensupport"), "support"),
    **dict.fromkeys(("e", "ehcp", "ehc plan", "education, health and care plan", "plan", "statement", "s"), "plan"),
}
_LANGUAGE = {
    **dict.fromkeys(("eng", "enb", "en", "english", "believed to be english"), "english"),
    **dict.fromkeys(("other", "oth", "otb", "other than english", "believed to be other than english"), "other"),
}
_NO_LANGUAGE = frozenset(
    ("zzz", "nobt", "refu", "not known", "unknown", "not obtained", "refused", "none", "null", "nan", "not stated")
)


class Characteristics(NamedTuple):
    """Facts about a pupil, as far as they are known."""

    disadvantaged: bool | None = None
    sen: str = ""
    """Special educational needs: ``none``, ``support`` or ``plan`` (an EHC plan); empty where it is not known."""
    first_language: str = ""
    """``english`` or ``other``; empty where it is not known."""


NOTHING_KNOWN = Characteristics()


def read_yes_no(text: str) -> bool | None:
    """Read a yes or a no; None for nothing or anything else."""
    return _YES_NO.get(text.strip().casefold())


def read_sen(text: str) -> str:
    """Read the provision for special educational needs, by the census's letters (N, K, E) or in words."""
    return _SEN.get(text.strip().casefold(), "")


def read_first_language(text: str) -> str:
    """Read a first language as ``english`` or ``other``: by the census's codes or in words.

    Any other code or word of three letters or more is a language other than English; what is no word is not known.
    """
    said = text.strip().casefold()
    if said in _NO_LANGUAGE:
        return ""
    is_word = len(said) > 2 and said.replace(" ", "").isalpha()
    return _LANGUAGE.get(said, "other" if is_word else "")


def is_unreadable_language(text: str) -> bool:
    """Say whether a text is no first language, and does not say that it is not known either."""
    said = text.strip().casefold()
    return bool(said) and said not in _NO_LANGUAGE and not read_first_language(text)
