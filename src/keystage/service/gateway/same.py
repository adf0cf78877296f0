"""Who of two lists of the gateway's records is the same child, in the tiers of :mod:`keystage.pupils.matching`."""

from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

from keystage.pupils.matching import match
from keystage.returns.value import Pupil
from keystage.service.gateway.models import HeldPupil, RegisteredPupil

Left = TypeVar("Left", Pupil, HeldPupil, RegisteredPupil)
Right = TypeVar("Right", Pupil, HeldPupil, RegisteredPupil)


class Same(NamedTuple, Generic[Left, Right]):
    """Everybody on both sides, once: in a pair, or alone."""

    pairs: list[tuple[Left, Right]]
    only_left: list[Left]
    only_right: list[Right]


def same(left: Sequence[Left], right: Sequence[Right]) -> Same[Left, Right]:
    """Match two lists; pairs come in the order of ``left``."""
    found = match(left, right)
    return Same([(pair.left, pair.right) for pair in found.pairs], list(found.only_left), list(found.only_right))
