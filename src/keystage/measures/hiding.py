"""Hiding figures of few pupils, so that nobody is made known by a table.

The official wording was not found. Schools say that figures of fewer than 6 pupils are not published; the limit is a
setting.
"""

from collections import defaultdict, deque
from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import TypeVar

BELOW = 6
"""Figures of fewer pupils than this are hidden, unless a setting says otherwise."""


Cell = TypeVar("Cell", bound=Hashable)


def hidden(sizes: Mapping[Cell, int], below: int = BELOW, also: Collection[Cell] = ()) -> frozenset[Cell]:
    """Return which groups of one breakdown must be hidden, where their total is shown.

    A group of fewer pupils than ``below`` is hidden, unless there is nobody in it. Where what is hidden could still be
    worked out from the total, by somebody who knows the limit, the next smallest is hidden as well: where one group is
    hidden alone or all that are hidden have fewer pupils than ``below`` together, and where each of them can only
    have one pupil, or only one fewer than ``below``. Where every group is hidden, that is all that can be done.
    A ``below`` of 0 hides nothing.

    Args:
        sizes: the groups, with the pupils in each figure's denominator. Together they are the total.
        below: the least number of pupils that is shown.
        also: groups that are hidden already, for another reason.
    """
    if 0 < sum(sizes.values()) < below:
        return frozenset(group for group, size in sizes.items() if size)
    found = {group for group, size in sizes.items() if 0 < size < below or group in also}
    shown = sorted((group for group in sizes if sizes[group] and group not in found), key=lambda each: -sizes[each])
    total = sum(sizes[group] for group in found)
    while found and shown and _is_given_away(len(found), total, below):
        found.add(next_ := shown.pop())
        total += sizes[next_]
    return frozenset(found)


def _is_given_away(groups: int, total: int, below: int) -> bool:
    """Say whether the sum of what is hidden tells how it is shared out."""
    return groups == 1 or total < below or total in (groups, groups * (below - 1))


def hidden_cells(
    sizes: Mapping[Cell, int], sums: Sequence[tuple[Cell, Sequence[Cell]]], below: int = BELOW
) -> frozenset[Cell]:
    """Return which cells of a table must be hidden where they add up in several ways, by place and by group.

    No hidden cell can be worked out from any one of the sums. Whether several of them together could give one away is
    not looked into.

    Args:
        sizes: every cell, with its pupils.
        sums: each cell that is a total, with the cells that it is the total of.
        below: the least number of pupils that is shown.
    """
    found = {cell for cell, size in sizes.items() if 0 < size < below}
    of: dict[Cell, list[int]] = defaultdict(list)
    for place, (total, parts) in enumerate(sums):
        for cell in (total, *parts):
            of[cell].append(place)
    waiting = deque(dict.fromkeys(place for cell in found for place in of[cell]))
    while waiting:
        total, parts = sums[waiting.popleft()]
        new = _hidden_of({part: sizes[part] for part in parts}, below, found, is_total_shown=total not in found)
        new -= found
        found |= new
        waiting.extend(dict.fromkeys(place for cell in new for place in of[cell]))
    return frozenset(found)


def _hidden_of(sizes: Mapping[Cell, int], below: int, found: set[Cell], *, is_total_shown: bool) -> frozenset[Cell]:
    """Return what is hidden of the parts of a total, which must not be worked out from them where it is hidden."""
    also = found & sizes.keys()
    if is_total_shown:
        return hidden(sizes, below, also) if also else frozenset()
    somebody = [part for part, size in sizes.items() if size]
    return frozenset() if also or not somebody else frozenset((min(somebody, key=lambda part: sizes[part]),))
