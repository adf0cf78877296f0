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
    **dict.fromkeys(("eng", "enb", "english", "believed to be english"), "english"),
    **dict.fromkeys(("other", "oth", "otb", "other than english", "believed to be other than english"), "other"),
}
_LANGUAGE_NOT_KNOWN = ("zzz", "nobt", "refu", "not known", "unknown")


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
    """Read a first language as ``english`` or ``other``: by the census's codes or in words; any other code is other."""
    said = text.strip().casefold()
    if not said or said in _LANGUAGE_NOT_KNOWN:
        return ""
    return _LANGUAGE.get(said, "other" if len(said) > 1 else "")


def is_unreadable_language(text: str) -> bool:
    """Say whether a text is no first language, and does not say that it is not known either."""
    said = text.strip().casefold()
    return bool(said) and said not in _LANGUAGE_NOT_KNOWN and not read_first_language(text)
