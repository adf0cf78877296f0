"""One pupil, as a side knows them: in every year, with what they are recognised by and where others stand beside."""

from dataclasses import dataclass, field
from typing import Any

from keystage.service.accounts.models import Organisation
from keystage.service.personal.words import UPN, Words, flat


@dataclass(frozen=True)
class Subject:
    """A pupil about whom something is given out, erased or held."""

    name: str
    words: Words
    rows: dict[str, tuple[Any, ...]]
    """The rows that are the pupil, by the name of the model."""
    returns: tuple[int, ...]
    """The returns in which the pupil stands: the rows of others are sought in these."""
    organisations: tuple[Organisation, ...]
    years: tuple[int, ...]
    open_in: tuple[str, ...] = ()
    """Where the pupil counts, or can, in something that is not closed, in words: nothing is erased while it is so."""
    others: tuple[Words, ...] = field(default=(), repr=False)
    """The other pupils of the same returns: nothing of them is given out."""

    def pks(self, model: str) -> list[int]:
        """Return the numbers of the rows of a model that are the pupil."""
        return [each.pk for each in self.rows.get(model, ())]

    def names_another(self, value: Any) -> bool:
        """Say whether plain values speak of another pupil as well, so that they cannot be given out."""
        text = flat(value)
        if {each.upper() for each in UPN.findall(text)} - self.words.upns:
            return True
        return any(other.has_name(text) for other in self.others if not other.names <= self.words.names)
