"""What a person is asked before a pupil is registered: a doubtful UPN, and whether the child is there already."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from keystage.pupils.matching import name_and_birth_date
from keystage.pupils.upn_advice import advise
from keystage.service.design.words import name_in_sentence
from keystage.service.gateway.models import GatewayReturn, RegisteredPupil
from keystage.service.gateway.register import registered_of
from keystage.service.gateway.services.registering import Entry


@dataclass(frozen=True, slots=True)
class Doubts:
    """What is to be asked; nothing where it is empty."""

    words: tuple[str, ...] = ()
    same: tuple[RegisteredPupil, ...] = ()
    """Entries that are perhaps the same child, under another UPN."""

    def __bool__(self) -> bool:
        return bool(self.words or self.same)

    @property
    def seen(self) -> str:
        """The doubts in one short text, that a form sends back once a person has read them."""
        said = "\n".join([*self.words, *(each.key for each in self.same)])
        return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def doubts(gateway_return: GatewayReturn, entry: Entry, own: RegisteredPupil | None) -> Doubts:
    """Return what to ask before an entry is saved: only of what is changed, as the rest was asked about before."""
    others = [each for each in registered_of(gateway_return) if own is None or each.pk != own.pk]
    words: list[str] = []
    if own is None or entry.upn != own.upn:
        words += advise(entry.upn).words
    if entry.former_upn and (own is None or entry.former_upn != own.former_upn):
        words += [f"Former UPN: {each}" for each in advise(entry.former_upn).words]
    is_same_as_before = own is not None and (own.upn, own.former_upn, name_and_birth_date(own)) == (
        *(entry.upn, entry.former_upn, name_and_birth_date(entry)),
    )
    return Doubts(tuple(words), () if is_same_as_before else tuple(_same(entry, others)))


def already_there(gateway_return: GatewayReturn, entry: Entry, own: RegisteredPupil | None) -> RegisteredPupil | None:
    """Return the other pupil who has the entry's UPN; None where nobody has."""
    found = RegisteredPupil.objects.filter(gateway_return=gateway_return, upn=entry.upn)
    return (found.exclude(pk=own.pk) if own else found).first()


def why_same(entry: Entry, other: RegisteredPupil) -> str:
    """Say why somebody on the register is perhaps the same child."""
    name = name_in_sentence(other) or "A pupil without a name"
    if other.upn == entry.former_upn:
        return f"{name} has the UPN that you gave as the former one ({other.upn})."
    if other.former_upn == entry.upn:
        return f"{name} had this UPN before, and now has {other.upn}."
    return f"{name} has the same name and date of birth, with the UPN {other.upn}."


def _same(entry: Entry, others: Sequence[RegisteredPupil]) -> list[RegisteredPupil]:
    key = name_and_birth_date(entry)
    return [
        other
        for other in others
        if other.upn != entry.upn
        and (
            other.upn == entry.former_upn != ""
            or other.former_upn == entry.upn != ""
            or (key is not None and name_and_birth_date(other) == key)
        )
    ]
