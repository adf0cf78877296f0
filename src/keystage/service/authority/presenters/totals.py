"""How many schools are in each state."""

from collections.abc import Mapping
from dataclasses import dataclass

from keystage.service.gateway.models import State
from keystage.service.gateway.presenters.states import COLOURS, capital


@dataclass(frozen=True, slots=True)
class Total:
    """A state, and how many schools are in it."""

    state: str
    words: str
    colour: str
    schools: int


@dataclass(frozen=True, slots=True)
class Totals:
    """Every state with its schools."""

    each: tuple[Total, ...]
    schools: int

    @property
    def accepted(self) -> int:
        """How many schools' returns are accepted, with queries or without."""
        return sum(each.schools for each in self.each if each.state.startswith(State.ACCEPTED))


def totals(counted: Mapping[str, int]) -> Totals:
    """Return counts by state with those of which there are none."""
    each = tuple(Total(str(state), capital(state), COLOURS[state], counted.get(state, 0)) for state in State)
    return Totals(each, sum(counted.values()))
