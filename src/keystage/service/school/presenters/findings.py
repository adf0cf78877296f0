"""The page of findings: one fault on many pupils is one line, with what to do, and each opens where it is put right."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from django.urls import NoReverseMatch, reverse

from keystage.checks.catalogue import CATALOGUE, Check, Need, Stage
from keystage.checks.finding import Severity
from keystage.checks.report import Report
from keystage.checks.run import return_checks
from keystage.service.school.findings import Found, locate
from keystage.service.school.models import QueryNote
from keystage.service.school.presenters.marksheet import classes_to_change
from keystage.service.school.records import Records
from keystage.service.school.services.queries import is_of
from keystage.service.school.signatures import Signing
from keystage.service.school.views.visiting import YearVisit

SIGN_OFF = tuple(check.code for check in return_checks() if check.stage is Stage.SIGN_OFF)
"""The checks of the sign-off."""


@dataclass(frozen=True, slots=True)
class Item:
    """One finding."""

    who: str
    """The pupil, and the subject where it is about one; empty where it is about the whole return."""
    message: str
    href: str
    """Where it is put right."""
    hash: str
    is_mine: bool
    """Whether it is of a class that the person who looks may answer for."""


@dataclass(frozen=True, slots=True)
class Way:
    """Findings of a group with the same way out."""

    fix: str
    allowed: tuple[str, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """One fault, on one pupil or on many."""

    code: str
    summary: str
    ways: tuple[Way, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """Every finding of the group."""
        return tuple(item for way in self.ways for item in way.items)

    @property
    def count(self) -> int:
        """How many findings there are."""
        return len(self.items)

    @property
    def mine(self) -> tuple[Item, ...]:
        """The findings that the person who looks may answer."""
        return tuple(item for item in self.items if item.is_mine)


@dataclass(frozen=True, slots=True)
class Answered:
    """A query with its note."""

    item: Item
    note: QueryNote


@dataclass(frozen=True, slots=True)
class PastNote:
    """A note that no longer answers anything."""

    note: QueryNote
    summary: str
    who: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One check: what it looks for, how it went, and what it stands on."""

    code: str
    purpose: str
    result: str
    grounds: str


@dataclass(frozen=True, slots=True)
class FindingsPage:
    """Everything that the page shows."""

    errors: tuple[Group, ...]
    queries: tuple[Group, ...]
    infos: tuple[Group, ...]
    unsigned: tuple[Group, ...]
    """What is still to be signed: it waits for people, and is not counted among the errors."""
    answered: tuple[Answered, ...]
    past: tuple[PastNote, ...]
    ran: tuple[Rule, ...]
    not_run: tuple[Rule, ...]
    passed: int
    open_queries: int
    error_count: int


def findings_page(at: YearVisit, signing: Signing) -> FindingsPage:
    """Return what the page of findings shows."""
    records = at.records
    item = _items(at)
    standing = records.answers.standing
    report = with_sign_off(records.report, signing)
    ran, not_run = _rules(report)
    return FindingsPage(
        errors=groups((each for each in records.found if each.is_error), item),
        queries=groups(records.open_queries, item),
        infos=groups((each for each in records.found if each.finding.severity is Severity.INFO), item),
        unsigned=groups(unsigned(signing), item),
        answered=tuple(Answered(item(each), standing[each.hash]) for each in records.found if each.hash in standing),
        past=tuple(_past(note) for note in records.answers.past),
        ran=ran,
        not_run=not_run,
        passed=len(report.passed),
        open_queries=len(records.open_queries),
        error_count=records.report.errors,
    )


def unsigned(signing: Signing) -> tuple[Found, ...]:
    """Return what the checks of the sign-off say, each with the pupil it is about."""
    return locate(signing.findings, [line.pupil for line in signing.records.lines], signing.records.pupils)


def with_sign_off(report: Report, signing: Signing) -> Report:
    """Return a report on the records with what the checks of the sign-off say."""
    not_run = tuple(each for each in report.not_run if each.code not in SIGN_OFF)
    return replace(
        report, findings=(*report.findings, *signing.findings), ran=(*report.ran, *SIGN_OFF), not_run=not_run
    )


def groups(found: Iterable[Found], item: Callable[[Found], Item]) -> tuple[Group, ...]:
    """Return findings by check, and within a check by the way out."""
    by_code: dict[str, list[Found]] = {}
    for each in found:
        by_code.setdefault(each.finding.code, []).append(each)
    return tuple(Group(code, CATALOGUE[code].summary, _ways(alike, item)) for code, alike in by_code.items())


def _ways(found: Iterable[Found], item: Callable[[Found], Item]) -> tuple[Way, ...]:
    ways: dict[tuple[str, tuple[str, ...]], list[Item]] = {}
    for each in found:
        ways.setdefault((each.finding.fix, each.finding.allowed), []).append(item(each))
    return tuple(Way(fix, allowed, tuple(items)) for (fix, allowed), items in ways.items())


def _items(at: YearVisit) -> Callable[[Found], Item]:
    where, own = Whereabouts(at), classes_to_change(at)

    def item(found: Found) -> Item:
        finding = found.finding
        name = finding.pupil or (f"UPN {finding.upn}" if finding.upn else "")
        who = f"{name}, {finding.subject}" if name and finding.subject else name or (finding.subject or "")
        return Item(who, finding.message, where.of(found), found.hash, is_of(found.class_name, own))

    return item


class Whereabouts:
    """The addresses where findings are put right."""

    def __init__(self, at: YearVisit) -> None:
        self.records: Records = at.records
        self.where = {"organisation": at.school.key, "year": at.school_return.year}
        self.marksheet = reverse("school:marksheet", kwargs=self.where)
        self.pupils = reverse("school:pupils", kwargs=self.where)

    def of(self, found: Found) -> str:
        """Return the cell, the pupil's page, or the page of all pupils, according to what a finding is about."""
        if found.pupil is None:
            return self.pupils
        if found.finding.subject and self.records.line(found.pupil.key):
            return f"{self.marksheet}#cell-{found.pupil.key}-{found.finding.subject}"
        try:
            return reverse("school:pupil", args=[*self.where.values(), found.pupil.key])
        except NoReverseMatch:
            return self.pupils


def _past(note: QueryNote) -> PastNote:
    check = CATALOGUE.get(note.code)
    who = ", ".join(part for part in (str(note.pupil or ""), note.subject) if part)
    return PastNote(note, check.summary if check else note.code, who)


def _rules(report: Report) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    partly = dict(report.partly)
    ran = tuple(_rule(CATALOGUE[code], _result(code, report, partly)) for code in report.ran)
    return ran, tuple(_rule(CATALOGUE[code], _why_not(code, why)) for code, why in report.not_run)


def _result(code: str, report: Report, partly: Mapping[str, str]) -> str:
    if code in report.failed:
        return "found something"
    return f"passed in part: {partly[code]}" if code in partly else "passed"


def _why_not(code: str, why: str) -> str:
    if code in _OF_FILES:
        return f"{why}: they are run on the file when it is made"
    if code[0] == "D":
        return "they compare with the last file sent, when the next is made"
    return why


_OF_FILES = frozenset(code for code, check in CATALOGUE.items() if Need.FILE in check.needs or Need.CTF in check.needs)


def _rule(check: Check, result: str) -> Rule:
    return Rule(check.code, check.purpose, result, f"{check.grounds.basis.capitalize()}: {check.grounds.source}")


def reasons_not_run(page: FindingsPage) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each reason why checks were not run, with their codes."""
    for why, rules in groupby(sorted(page.not_run, key=lambda rule: rule.result), key=lambda rule: rule.result):
        yield why, tuple(rule.code for rule in rules)
