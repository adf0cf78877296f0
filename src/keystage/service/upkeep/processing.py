"""The record of processing: everything that is kept, on all sides."""

from collections.abc import Sequence

from keystage.service.gateway.personal.entries import ENTRIES as GATEWAY
from keystage.service.personal.kept import Kept
from keystage.service.personal.people import ENTRIES as BOTH
from keystage.service.school.personal.entries import ENTRIES as SCHOOL

SIDES: Sequence[tuple[str, Sequence[Kept]]] = (
    ("On the school’s side", SCHOOL),
    ("At the gateway", GATEWAY),
    ("On both, and underneath", BOTH),
)
"""What is kept, side by side."""
EVERYTHING: tuple[Kept, ...] = (*SCHOOL, *GATEWAY, *BOTH)
