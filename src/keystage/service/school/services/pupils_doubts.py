"""What a person is asked about before a pupil is saved: a doubtful UPN, a UPN twice, perhaps the same child twice."""

from dataclasses import dataclass
from hashlib import sha256

from keystage.pupils.matching import name_and_birth_date
from keystage.pupils.upn_advice import advise
from keystage.returns.roll import RollPupil
from keystage.service.school.models import Pupil, SchoolReturn
from keystage.service.school.reading import roll_pupil
from keystage.service.school.services.pupils import Details


@dataclass(frozen=True, slots=True)
class Doubts:
    """What is to be asked; nothing where it is empty."""

    words: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def seen(self) -> str:
        """The doubts in one short text, that a form sends back once a person has read them."""
        return sha256("\n".join(self.words).encode()).hexdigest()[:16]


def doubts(school_return: SchoolReturn, details: Details, own: Pupil | None) -> Doubts:
    """Return what to ask before a pupil is saved. Only of what is changed: what was there before is not asked again.

    Args:
        school_return: the return.
        details: what is to be saved.
        own: the pupil who is changed; None for a new one.
    """
    present = Pupil.objects.filter(school_return=school_return, removed_at=None)
    others = [roll_pupil(each) for each in (present.exclude(pk=own.pk) if own else present)]
    said: list[str] = []
    if own is None or details.upn != own.upn:
        said += advise(details.upn).words if details.upn else ("The pupil has no UPN. The return needs one.",)
        said += [f"{_name(other)} has the UPN {other.upn} too." for other in others if other.upn == details.upn != ""]
    if details.former_upn and (own is None or details.former_upn != own.former_upn):
        said += [f"Former UPN: {words}" for words in advise(details.former_upn).words]
    if own is None or name_and_birth_date(roll_pupil(own)) != name_and_birth_date(details):
        said += _same_child(details, others)
    return Doubts(tuple(said))


def _same_child(details: Details, others: list[RollPupil]) -> list[str]:
    key = name_and_birth_date(details)
    return [
        f"{_name(other)}, with {f'UPN {other.upn}' if other.upn else 'no UPN'}, has the same name and date of birth:"
        " perhaps the same child."
        for other in others
        if key is not None and other.upn != details.upn and name_and_birth_date(other) == key
    ]


def _name(pupil: RollPupil) -> str:
    return pupil.name or "A pupil without a name"
