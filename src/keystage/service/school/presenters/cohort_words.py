"""The four groups of the cohort table, in words."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from keystage.returns.cohort import Verdict


class Group(NamedTuple):
    """A group of the cohort table."""

    heading: str
    hint: str
    choice: str
    """The group as an answer to “What becomes of this pupil?”."""
    colour: str


GROUPS: Mapping[Verdict, Group] = MappingProxyType(
    {
        Verdict.DECIDE: Group(
            "Decide first",
            "Only the school can say. Decide about each of them before the return is signed.",
            "",
            "orange",
        ),
        Verdict.REPORT: Group("Report", "On the marksheet and in the return.", "Report: in the return", "green"),
        Verdict.REPORT_AS_LEFT: Group(
            "Report as left",
            "In the return, to say that they left.",
            "Report as left: in the return, to say that the pupil left",
            "teal",
        ),
        Verdict.NOT_OURS: Group(
            "Not ours",
            "On the roll or the register, and not in the return.",
            "Not ours: not in the return",
            "grey",
        ),
    }
)
"""In the order of the page: what needs a person first."""
