"""Hiding figures of few pupils, so that nobody is made known by a table.

The official wording was not found. Schools say that figures of fewer than 6 pupils are not published; the limit is a
setting.
"""

from collections.abc import Mapping, Sequence

BELOW = 6
"""Figures of fewer pupils than this are hidden, unless a setting says otherwise."""


def hidden(sizes: Mapping[str, int], below: int = BELOW) -> frozenset[str]:
    """Return which groups of one breakdown must be hidden, where their total is shown.

    A group of fewer pupils than ``below`` is hidden, unless there is nobody in it. Where what is hidden could still be
    worked out from the total, by somebody who knows the limit, the next smallest is hidden as well: where one group is
    hidden alone or all that are hidden have fewer pupils than ``below`` together, and where each of them can only
    have one pupil, or only one fewer than ``below``. Where every group is hidden, that is all that can be done.
    A ``below`` of 0 hides nothing.

    Args:
        sizes: the groups, with the pupils in each figure's denominator. Together they are the total.
        below: the least number of pupils that is shown.
    """
    if 0 < sum(sizes.values()) < below:
        return frozenset(group for group, size in sizes.items() if size)
    found = {group for group, size in sizes.items() if 0 < size < below}
    shown = sorted((group for group, size in sizes.items() if size >= max(below, 1)), key=lambda each: sizes[each])
    while found and shown and _is_given_away([sizes[each] for each in found], below):
        found.add(shown.pop(0))
    return frozenset(found)


def _is_given_away(sizes: Sequence[int], below: int) -> bool:
    """Say whether the sum of what is hidden tells how it is shared out."""
    total = sum(sizes)
    return total < below or total in (len(sizes), len(sizes) * (below - 1))
