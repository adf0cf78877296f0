"""A mapping that cannot be changed, is as fast as a dict to read, and can be sent to another process."""

from typing import NoReturn, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Frozen(dict[K, V]):
    """A dict that refuses every change: a cached year is shared by all who load it."""

    __slots__ = ()

    def _refuse(self, *_args: object, **_named: object) -> NoReturn:
        msg = "a year's data cannot be changed"
        raise TypeError(msg)

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[type["Frozen[K, V]"], tuple[dict[K, V]]]:
        return Frozen, (dict(self),)
