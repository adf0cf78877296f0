"""A school's moderation as its authority, its trust, the agency and the school itself see it."""

from dataclasses import dataclass
from datetime import datetime

from keystage.pupils.names import full_name
from keystage.service.design.words import plural
from keystage.service.gateway.models import GatewayReturn, ModeratedPupil, ModerationVisit, RegisteredPupil
from keystage.service.gateway.moderated import Reported, refused_codes, reported
from keystage.service.gateway.register import held_of, registered_of
from keystage.service.gateway.services.moderating import visit_of
from keystage.service.gateway.services.moderating_judgements import version_of


@dataclass(frozen=True, slots=True)
class Moderated:
    """A pupil in the sample, or one whose moderated judgement came with the register."""

    key: str
    """In the sample; empty where the pupil is not in it."""
    registered: str
    """The key on the register."""
    name: str
    upn: str
    own: str
    """The school's judgement; empty where the gateway knows of none."""
    is_refused: bool
    """Whether the school's judgement is in a file that does not count, because of it."""
    moderated: str
    note: str
    differs: bool
    by: str
    at: datetime | None
    version: str

    @property
    def own_words(self) -> str:
        """The school's judgement in words."""
        if not self.own:
            return "None yet"
        return f"{self.own}, in a file that does not count" if self.is_refused else self.own


@dataclass(frozen=True, slots=True)
class Moderation:
    """A school's moderation."""

    found: GatewayReturn
    visit: ModerationVisit
    pupils: tuple[Moderated, ...]
    state: str
    colour: str

    @property
    def recorded(self) -> int:
        """Of how many pupils a moderated judgement is recorded."""
        return sum(bool(each.moderated) for each in self.pupils)

    @property
    def differing(self) -> tuple[Moderated, ...]:
        """The pupils whose judgement by the school is another."""
        return tuple(each for each in self.pupils if each.differs)


def moderation_of(found: GatewayReturn) -> Moderation:
    """Return a school's moderation, its pupils by name."""
    registered = registered_of(found)
    sample = {each.registered_id: each for each in ModeratedPupil.objects.filter(gateway_return=found)
              .select_related("judged_by")}  # fmt: skip
    counts, refused = reported(held_of(found), registered), refused_codes(found, registered)
    pupils = tuple(
        _moderated(each, sample.get(each.pk), refused.get(each.key) or counts.get(each.key))
        for each in registered
        if each.pk in sample or each.moderated_writing
    )
    visit = visit_of(found)
    sampled = [each for each in pupils if each.key]
    judged = sum(bool(each.moderated) for each in sampled)
    return Moderation(found, visit, pupils, *state_of(found, visit, len(sampled), judged))


def _moderated(entry: RegisteredPupil, pupil: ModeratedPupil | None, own: Reported | None) -> Moderated:
    code, moderated = own.code if own else "", entry.moderated_writing
    return Moderated(
        pupil.key if pupil else "", entry.key, full_name(entry.surname, entry.forename), entry.upn, code,
        bool(own and not own.counts), moderated, pupil.note if pupil else "",
        bool(moderated and code not in ("", moderated)),
        str(pupil.judged_by) if pupil and pupil.judged_by else "", pupil.judged_at if pupil else None,
        version_of(pupil) if pupil else "",
    )  # fmt: skip


def state_of(found: GatewayReturn, visit: ModerationVisit | None, sample: int, judged: int) -> tuple[str, str]:
    """Return how far a school's moderation is, in words, with a colour."""
    if found.differing:
        return f"{plural(found.differing, 'pupil')} {'differs' if found.differing == 1 else 'differ'}", "red"
    if sample and judged == sample:
        return "Recorded", "green"
    if judged:
        return f"{judged} of {sample} recorded", "yellow"
    if visit and visit.held_on:
        return "Visit held", "teal"
    if sample:
        return f"Sample of {sample} chosen", "blue"
    return ("Visit planned", "blue") if found.visit_on else ("No day yet", "grey")
