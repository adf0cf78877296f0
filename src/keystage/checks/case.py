"""What the checks look at: the return, the year, what else was given, and what several checks share.

Pupils repeat the same few judgements, so a check over judgements or over a pupil's codes is asked about each distinct
one, and the pupils are gone through only where something was wrong.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal

from keystage.checks.catalogue import Hit
from keystage.checks.finding import place_in_words
from keystage.ctf.model import CtfFile
from keystage.ctf.to_return import TEACHER_ASSESSMENT, row_key
from keystage.pupils import upn
from keystage.pupils.matching import Matching, Person, match
from keystage.returns.changes import Changes, changes
from keystage.returns.judgement import Judgement
from keystage.returns.refused import FileRefused
from keystage.returns.register import Expected, Register
from keystage.returns.signing import Signatures
from keystage.returns.source import NOWHERE
from keystage.returns.value import Extra, Pupil, Return
from keystage.sheets.sheet_file import SheetFile
from keystage.years.registration import PupilStatus
from keystage.years.subjects import Subject
from keystage.years.year import CollectionYear

Destination = Literal["gateway", "school", "any"]
Codes = Mapping[Subject, str]


@dataclass(frozen=True)
class Case:
    """One return to be checked."""

    return_: Return
    year: CollectionYear
    today: date
    register: Register | None = None
    previous: Return | None = None
    destination: Destination = "gateway"
    sender: str = ""
    """The seven figures of the school that sends the file, where that is known from elsewhere."""
    twin: str = ""
    """Another file of the same zip that is of the same school."""
    refused: FileRefused | None = None
    signatures: Signatures | None = None

    # -- the file ----------------------------------------------------------------------------------------------------

    @cached_property
    def ctf(self) -> CtfFile | None:
        """The Common Transfer File that the return was read from."""
        source = self.return_.source
        return source if isinstance(source, CtfFile) else None

    @cached_property
    def sheet(self) -> SheetFile | None:
        """The spreadsheet that the return was read from."""
        source = self.return_.source
        return source if isinstance(source, SheetFile) else None

    def has(self, field: str) -> bool:
        """Say whether the return can hold a field of a pupil: a spreadsheet may have no column for it."""
        return self.sheet is None or self.sheet.has(field)

    @property
    def previous_is_ctf(self) -> bool:
        """Whether the earlier return was read from a Common Transfer File too."""
        return self.previous is not None and isinstance(self.previous.source, CtfFile)

    @cached_property
    def has_teacher_assessment(self) -> bool:
        """Whether the file holds any teacher assessment of key stage 2, in rows that the year knows or in others.

        A school's own records always count as holding some.
        """
        return (
            self.return_.source is None
            or any(pupil.judgements for pupil in self.pupils)
            or self._has_unknown_assessment
        )

    @property
    def _has_unknown_assessment(self) -> bool:
        unknown = {extra.pupil for extra in self.return_.extras if extra.kind == "unknown"}
        if self.ctf is None or not unknown:
            return False
        keys = (row_key(row) for index in unknown for row in self.ctf.pupils[index].rows)
        return any((stage, method) == TEACHER_ASSESSMENT for stage, _, method, *_ in keys)

    # -- the pupils --------------------------------------------------------------------------------------------------

    @property
    def pupils(self) -> tuple[Pupil, ...]:
        """The pupils of the return."""
        return self.return_.pupils

    @cached_property
    def upn_faults(self) -> tuple[tuple[Pupil, upn.Fault], ...]:
        """Everything wrong with the UPNs, or worth asking."""
        return tuple((pupil, fault) for pupil in self.pupils for fault in upn.faults(pupil.upn))

    @cached_property
    def _codes(self) -> Mapping[tuple[Judgement, ...], dict[Subject, str]]:
        """The codes by subject, for each distinct set of judgements."""
        return {
            judgements: {judgement.subject: judgement.code for judgement in reversed(judgements) if judgement.code}
            for judgements in {pupil.judgements for pupil in self.pupils}
        }

    def codes(self, pupil: Pupil) -> Codes:
        """Return a pupil's code in each subject that has one; the first, where there are several."""
        return self._codes[pupil.judgements]

    def pupils_where(self, fires: Callable[[Codes], bool]) -> Iterator[tuple[Pupil, Codes]]:
        """Yield the pupils whose codes a check finds fault with."""
        wrong = {judgements for judgements, codes in self._codes.items() if fires(codes)}
        if wrong:
            yield from ((pupil, self.codes(pupil)) for pupil in self.pupils if pupil.judgements in wrong)

    def judgements_where(self, fires: Callable[[Judgement], bool]) -> Iterator[tuple[Pupil, Judgement, int]]:
        """Yield each judgement that a check finds fault with, with its pupil and its place."""
        wrong = {judgement for judgements in self._codes for judgement in judgements if fires(judgement)}
        if wrong:
            for pupil in self.pupils:
                for judgement, at in placed(pupil):
                    if judgement in wrong:
                        yield pupil, judgement, at

    # -- the cohort --------------------------------------------------------------------------------------------------

    @cached_property
    def cohort(self) -> Matching[Pupil, Expected]:
        """Who in the return is who on the register. A UPN that stands twice in the return counts once."""
        assert self.register is not None
        once: dict[str | int, Pupil] = {}
        for index, pupil in enumerate(self.pupils):
            once.setdefault(pupil.upn or index, pupil)
        return match(tuple(once.values()), self.register.pupils)

    @cached_property
    def matched(self) -> tuple[tuple[Pupil, Expected], ...]:
        """The pupils of the return who are on the register, each with the entry there."""
        return tuple((pair.left, pair.right) for pair in self.cohort.pairs)

    @cached_property
    def still_here(self) -> tuple[tuple[Pupil, Expected], ...]:
        """Those of them who are neither left nor unregistered."""
        registered = PupilStatus.REGISTERED
        return tuple(pair for pair in self.matched if pair[1].status is registered and not pair[1].has_left)

    @cached_property
    def changes(self) -> Changes:
        """What differs from the file that was sent before."""
        assert self.previous is not None
        return changes(self.previous, self.return_)

    # -- places and hits -----------------------------------------------------------------------------------------------

    def place(self, pupil: Pupil, field: str = "") -> str:
        """Return a pupil's place in words, for a message about another."""
        source = self.return_.source
        return place_in_words(source.place(pupil.at, field) if source else NOWHERE) or "elsewhere in the return"

    @staticmethod
    def allowing(hit: Hit, allowed: tuple[str, ...]) -> Hit:
        """Return a hit with the values that could stand there."""
        return replace(hit, allowed=allowed)

    @staticmethod
    def saying(hit: Hit, **words: object) -> Hit:
        """Return a hit with the words that its message needs."""
        return replace(hit, words=words)

    def hit(self, pupil: Pupil, field: str = "", value: str | None = None, **words: object) -> Hit:
        """Point at a pupil, or at one field of the pupil."""
        return Hit(pupil.upn, pupil.name, in_a_sentence(pupil), value=value, at=pupil.at, field=field, words=words)

    def hit_code(self, pupil: Pupil, subject: Subject, *, allowed: tuple[str, ...] = (), **words: object) -> Hit:
        """Point at a pupil's code in a subject; at the pupil, where there is none."""
        for judgement, at in placed(pupil):
            if judgement.subject is subject and judgement.code:
                return self.saying(self.hit_judgement(pupil, judgement, at, allowed=allowed), **words)
        return Hit(pupil.upn, pupil.name, in_a_sentence(pupil), subject, at=pupil.at, allowed=allowed, words=words)

    def hit_judgement(
        self,
        pupil: Pupil,
        judgement: Judgement,
        at: int,
        field: str = "code",
        *,
        allowed: tuple[str, ...] = (),
        value: str | None = None,
        **words: object,
    ) -> Hit:
        """Point at one judgement, or at its year or date."""
        return Hit(
            pupil.upn,
            pupil.name,
            in_a_sentence(pupil),
            judgement.subject,
            judgement.written.strip() if value is None else value,
            at,
            field,
            allowed,
            words,
        )

    def hit_expected(self, expected: Expected, **words: object) -> Hit:
        """Point at a pupil who is on the register and not in the return: there is no place."""
        return Hit(expected.upn, expected.name, in_a_sentence(expected), words=words)

    def hit_extra(self, extra: Extra, **words: object) -> Hit:
        """Point at a row that is no teacher assessment of this return."""
        pupil = self.pupils[extra.pupil]
        return Hit(pupil.upn, pupil.name, in_a_sentence(pupil), value=extra.name, at=extra.at, words=words)


def placed(pupil: Pupil) -> Iterator[tuple[Judgement, int]]:
    """Yield a pupil's judgements with where each stands; where the return does not say that, the pupil's own place."""
    places = pupil.judgements_at or (pupil.at,) * len(pupil.judgements)
    return zip(pupil.judgements, places, strict=True)


def in_a_sentence(pupil: Person) -> str:
    """Return a pupil's name as a sentence has it: forename first."""
    name = f"{pupil.forename} {pupil.surname}".strip()
    return name or (f"the pupil with UPN {pupil.upn}" if pupil.upn else "a pupil without a name or UPN")


def with_upn(pupil: Person) -> str:
    """Return a pupil's name and UPN as a sentence has them, or what there is of them."""
    named = bool(pupil.forename or pupil.surname) and bool(pupil.upn)
    return f"{in_a_sentence(pupil)} (UPN {pupil.upn})" if named else in_a_sentence(pupil)


def words_of(items: Sequence[str], between: str = "or") -> str:
    """Join a list as a sentence has it: ``A, B or C``."""
    return f" {between} ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
