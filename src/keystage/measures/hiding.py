"""Hiding figures of few pupils, so that nobody is made known by a table.

The official wording was not found. Schools say that figures of fewer than 6 pupils are not published; the limit is a
setting.
"""

from collections.abc import Mapping

BELOW = 6
"""Figures of fewer pupils than this are hidden, unless a setting says otherwise."""


def hidden(sizes: Mapping[str, int], below: int = BELOW) -> frozenset[str]:
    """Return which groups of one breakdown must be hidden, where their total is shown.

    A group of fewer pupils than ``below`` is hidden, unless there is nobody in it. Where what is hidden could still be
    worked out from the total (one group alone, or too few in all of them together), the next smallest is hidden too.
    A ``below`` of 0 hides nothing.

    Args:
        sizes: the groups, with the pupils in each figure's denominator. Together they are the total.
        below: the least number of pupils that is shown.
    """
    if 0 < sum(sizes.values()) < below:
        return frozenset(group for group, size in sizes.items() if size)
    found = {group for group, size in sizes.items() if 0 < size < below}
    shown = sorted((group for group, size in sizes.items() if size >= max(below, 1)), key=lambda each: sizes[each])
    while found and shown and (len(found) == 1 or sum(sizes[each] for each in found) < below):
        found.add(shown.pop(0))
    return frozenset(found)
