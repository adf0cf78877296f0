"""Proposing a sample of pupils for moderation: at random, spread over the school's judgements, the same for a seed."""

from collections.abc import Mapping, Sequence
from math import ceil
from random import Random


def size_of_sample(pupils: int, share: int, least: int) -> int:
    """Return how many pupils a sample has: so many of a hundred, rounded up, at least so many, at most everybody."""
    return min(pupils, max(ceil(pupils * share / 100), least))


def propose(judged: Mapping[str, str], size: int, seed: int) -> list[str]:
    """Return the keys of a sample, in the order of ``judged``.

    Args:
        judged: the school's judgement of each pupil who can be chosen, by key; empty where there is none yet.
        size: how many to choose.
        seed: the same seed chooses the same pupils from the same judgements.
    """
    chance = Random(seed)  # noqa: S311 - anybody may know the seed: it is shown
    by_code: dict[str, list[str]] = {}
    for key, code in judged.items():
        by_code.setdefault(code, []).append(key)
    groups = [by_code[code] for code in sorted(by_code)]
    chosen = {
        key for group, many in zip(groups, _places(groups, size), strict=True) for key in chance.sample(group, many)
    }
    return [key for key in judged if key in chosen]


def _places(groups: Sequence[Sequence[str]], size: int) -> list[int]:
    """Share the places out: one to each group while there are enough, the others where most are left unchosen."""
    places = [0] * len(groups)
    for _ in range(min(size, sum(map(len, groups)))):
        most = max(range(len(groups)), key=lambda at: _claim(places[at], len(groups[at])))
        places[most] += 1
    return places


def _claim(has: int, pupils: int) -> tuple[bool, float]:
    """Say how much a group is owed the next place: first one each, then by its number of pupils for each place."""
    if has == pupils:
        return (False, -1.0)
    return (has == 0, pupils / (2 * has + 1))
