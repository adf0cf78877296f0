import pickle

import pytest

from keystage.years.frozen import Frozen


@pytest.mark.parametrize(
    "change",
    [
        lambda it: it.__setitem__("a", 2),
        lambda it: it.__delitem__("a"),
        lambda it: it.update(a=2),
        lambda it: it.pop("a"),
        lambda it: it.setdefault("b", 2),
        lambda it: it.clear(),
        lambda it: it.popitem(),
        lambda it: it.__ior__({"b": 2}),
    ],
)
def test_every_change_is_refused(change):
    frozen = Frozen({"a": 1})
    with pytest.raises(TypeError, match="cannot be changed"):
        change(frozen)
    assert frozen == {"a": 1}


def test_it_can_be_sent_to_another_process():
    back = pickle.loads(pickle.dumps(Frozen({"a": 1})))  # noqa: S301 - made on the line itself
    assert type(back) is Frozen
    assert back == {"a": 1}


def test_equal_mappings_have_equal_hashes():
    assert hash(Frozen({"a": 1, "b": 2})) == hash(Frozen({"b": 2, "a": 1}))
