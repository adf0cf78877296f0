"""The groups of pupils that measures are broken down by. Whoever is not known to be in a group is in ``not known``."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from keystage.measures.outcomes import Measured
from keystage.pupils.characteristics import Characteristics

ALL = "all"
_TERMS = {**dict.fromkeys((9, 10, 11, 12), "autumn"), **dict.fromkeys((1, 2, 3, 4), "spring")}


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One way to part pupils, with its groups in order."""

    key: str
    name: str
    groups: Mapping[str, str]
    """The groups' keys (``sex:F``), with their names."""


def _breakdown(key: str, name: str, **groups: str) -> Breakdown:
    named = {f"{key}:{group}": words for group, words in groups.items()}
    return Breakdown(key, name, MappingProxyType({**named, f"{key}:": "Not known"}))


BREAKDOWNS: tuple[Breakdown, ...] = (
    _breakdown("sex", "Sex", F="Girls", M="Boys"),
    _breakdown("disadvantage", "Disadvantage", yes="Disadvantaged", no="Not disadvantaged"),
    _breakdown(
        "sen", "Special educational needs", none="No SEN", support="SEN support",
        plan="Education, health and care plan",
    ),
    _breakdown("language", "First language", english="English", other="Other than English"),
    _breakdown(
        "term", "Term of birth", autumn="Autumn (September to December)", spring="Spring (January to April)",
        summer="Summer (May to August)",
    ),
)  # fmt: skip
"""Every way to part pupils. In each, somebody is in just one group."""


def known(held: Collection[str]) -> tuple[Breakdown, ...]:
    """Return the breakdowns of which anything is known, where these groups have somebody in them."""
    return tuple(each for each in BREAKDOWNS if any(group in held and not group.endswith(":") for group in each.groups))


def groups_of(pupil: Measured) -> tuple[str, ...]:
    """Return the keys of the groups a pupil is in, ``all`` first, then one of each breakdown."""
    return _groups(pupil.sex, pupil.birth_month, pupil.characteristics)


@lru_cache(maxsize=4096)
def _groups(sex: str, birth_month: int | None, known: Characteristics) -> tuple[str, ...]:
    disadvantage = "" if known.disadvantaged is None else "yes" if known.disadvantaged else "no"
    term = "" if birth_month is None else _TERMS.get(birth_month, "summer")
    return (
        ALL,
        f"sex:{sex if sex in ('F', 'M') else ''}",
        f"disadvantage:{disadvantage}",
        f"sen:{known.sen}",
        f"language:{known.first_language}",
        f"term:{term}",
    )
