"""Who in a file of results is who here: in tiers, never on a name alone; what is not sure a person says, one by one."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from keystage.pupils.matching import Tier, match
from keystage.returns.incoming import IdentityDifference, how_matched, identity_differences, why_unmatched
from keystage.returns.results import PupilResult as CoreResult
from keystage.service.school.models import Pupil
from keystage.service.school.reading import roll_pupil
from keystage.service.school.records import Records
from keystage.service.school.services.incoming_likeness import Likeness, alike

_BY = {Tier.UPN: "UPN", Tier.FORMER_UPN: "former UPN", Tier.NAME_AND_BIRTH_DATE: "name and date of birth"}
CONFIRMED = "confirmed by a person"


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One pupil in the file."""

    number: int
    """The pupil's place in the file, from 1."""
    result: CoreResult
    own: Pupil | None
    """The pupil here; one who was taken off the roll among them."""
    tier: Tier | None
    evidence: str
    """How it is known who it is, or why it is not, in whole sentences."""
    likeness: Likeness | None = None
    is_confirmed: bool = False
    """Whether a person said who it is."""
    is_left: bool = False
    """Whether a person said that it is to stay without a pupil."""
    identity: tuple[IdentityDifference, ...] = ()
    """What of the pupil's identity is written otherwise here."""

    @property
    def is_asked(self) -> bool:
        """Whether a person may say who it is."""
        return self.own is None or self.is_confirmed or self.tier is Tier.NAME_AND_BIRTH_DATE

    @property
    def matched_by(self) -> str:
        """How it is known who it is, in a word or two; empty where it is not."""
        return CONFIRMED if self.is_confirmed else _BY[self.tier] if self.tier else ""

    @property
    def name(self) -> str:
        """The pupil's name in the file."""
        return self.result.name or self.result.upn or "No name"


class Matcher:
    """Matches a file with everybody who is or was on the roll."""

    def __init__(
        self, results: Sequence[CoreResult], records: Records, pupils: Sequence[Pupil], who: Mapping[int, str]
    ) -> None:
        self.results = results
        self.records = records
        self.who: Mapping[int, str] = who
        self.known = {pupil.key: pupil for pupil in pupils}
        self.present = [roll_pupil(pupil) for pupil in pupils if pupil.removed_at is None]
        self.removed = [roll_pupil(pupil) for pupil in pupils if pupil.removed_at is not None]
        self.often = Counter(result.upn for result in results if result.upn)
        self.found: dict[int, tuple[str, Tier]] = {}
        """By the ``id()`` of a result: the key of the pupil, and how sure that is."""

    def lines(self) -> tuple[ResultLine, ...]:
        """Return everybody in the file, in its order.

        What a person says of one never makes another known: each is matched as the file stands. Who is known by UPN
        is nobody else, whatever a request says.
        """
        first = match(self.results, self.present)
        second = match(first.only_left, self.removed)
        for pair in (*first.pairs, *second.pairs):
            self.found[id(pair.left)] = pair.right.key, pair.tier
        self.who = {at: key for at, key in self.who.items() if self._may_be_said(at)}
        for at in self.who:
            self.found.pop(id(self.results[at - 1]), None)
        known = {key for key, _ in self.found.values()}
        present, removed = ([one for one in some if one.key not in known] for some in (self.present, self.removed))
        asked = [each for each in self.results if id(each) not in self.found]
        self.likely = alike(asked, [*present, *removed])
        self.confirmed = self._confirmed({each.key for each in (*present, *removed)})
        taken = set(self.confirmed.values())
        self.others = tuple(each for each in present if each.key not in taken)
        self.on_register = self._on_register([each for each in asked if id(each) not in self.confirmed])
        return tuple(self._line(at, each) for at, each in enumerate(self.results, start=1))

    def _may_be_said(self, at: int) -> bool:
        """Say whether there is a pupil at a place of whom a person may say who it is."""
        if not 0 < at <= len(self.results):
            return False
        _, tier = self.found.get(id(self.results[at - 1]), ("", None))
        return tier in (None, Tier.NAME_AND_BIRTH_DATE)

    def _confirmed(self, free: set[str]) -> dict[int, str]:
        """Return whom a person said; nobody twice, and nobody who is matched surely with another line."""
        confirmed: dict[int, str] = {}
        for at, each in enumerate(self.results, start=1):
            key = self.who.get(at, "")
            if key in free:
                free.discard(key)
                confirmed[id(each)] = key
        return confirmed

    def _on_register(self, alone: list[CoreResult]) -> set[int]:
        """Return those whom the register has and the roll does not."""
        entries = [each.line.expected for each in self.records.cohort if each.pupil is None and each.line.expected]
        return {id(pair.left) for pair in match(alone, entries).pairs}

    def _line(self, at: int, result: CoreResult) -> ResultLine:
        likeness = self.likely.get(id(result))
        if key := self.confirmed.get(id(result)):
            own = self.known[key]
            said = "A person said that it is the same child."
            return ResultLine(at, result, own, None, said, likeness, is_confirmed=True, identity=_differs(result, own))
        if id(result) in self.found:
            key, tier = self.found[id(result)]
            own = self.known[key]
            return ResultLine(at, result, own, tier, how_matched(result, own, tier), identity=_differs(result, own))
        left = at in self.who and not self.who[at]
        return ResultLine(at, result, None, None, self._why(result), likeness, is_left=left)

    def _why(self, result: CoreResult) -> str:
        if id(result) in self.on_register:
            return (
                "The pupil is on the register, but not on the roll. Put the pupil on the roll on the page “Pupils”,"
                " then come back to this file."
            )
        return why_unmatched(result, self.others, self.often)


def _differs(result: CoreResult, own: Pupil) -> tuple[IdentityDifference, ...]:
    return tuple(identity_differences(result, own))


def as_own(line: ResultLine) -> CoreResult:
    """Return a result under the identity of the pupil here, where a person said who it is: so checks find the pupil."""
    if line.own is None or not line.is_confirmed:
        return line.result
    mine = line.own
    born = mine.birth_date.isoformat() if mine.birth_date else mine.birth_text
    return line.result._replace(
        upn=mine.upn,
        surname=mine.surname,
        forename=mine.forename,
        birth_date=mine.birth_date,
        birth_text=born,
        sex=mine.sex,
        former_upn="",
    )
