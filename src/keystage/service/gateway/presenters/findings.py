"""What the checks say of a file: by fault, where one fault on many pupils is one line; or by pupil."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from keystage.checks.catalogue import CATALOGUE, Need
from keystage.checks.finding import place_in_words
from keystage.guides import Guide, guide_for
from keystage.returns.source import Place
from keystage.service.gateway.asked import Said, asked
from keystage.service.gateway.models import QueryAnswer, RegisteredPupil, Submission
from keystage.service.gateway.views.visiting import ReturnVisit

SHOWN = 300
"""Findings of one fault that the page lists; the workbook has all."""

_REGISTER = "C"
"""Codes of the checks that compare a file with the register begin with it."""
_OTHER_KINDS = frozenset({Need.CTF, Need.SHEET, Need.RECORDS, Need.TWO_CTFS, Need.NAMED_FILE, Need.SIGNATURES})
"""Reasons why a check is not missing: it is of another kind of file."""


@dataclass(frozen=True, slots=True)
class Item:
    """One finding."""

    who: str
    """The pupil, and the subject where it is about one; empty where it is about the file as a whole."""
    message: str
    place: str
    hash: str
    answer: QueryAnswer | None
    said: Said


@dataclass(frozen=True, slots=True)
class Way:
    """Findings of a group with the same way out."""

    fix: str
    allowed: tuple[str, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Group:
    """One fault, on one pupil or on many."""

    code: str
    summary: str
    ways: tuple[Way, ...]

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every finding of the group."""
        return tuple(item for way in self.ways for item in way.items)


@dataclass(frozen=True, slots=True)
class PupilFindings:
    """Everything that is said of one pupil, errors first; of the file as a whole where there is no name."""

    name: str
    upn: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class NotChecked:
    """Checks that were not run, for one reason."""

    why: str
    checks: tuple[str, ...]
    """What each looks for."""


@dataclass(frozen=True)
class Findings:
    """What a report says."""

    items: tuple[Item, ...]
    not_checked: tuple[NotChecked, ...]
    other_kinds: int
    """Checks that are made for other kinds of file."""
    passed: int
    ran: int
    notes: tuple[str, ...]
    guide: Guide | None = None
    """To the system that the file says it was made by, where that is recognised."""

    def of(self, severity: str) -> tuple[Item, ...]:
        """Return the findings of a severity."""
        return tuple(item for item in self.items if item.said["severity"] == severity)

    @property
    def errors(self) -> tuple[Group, ...]:
        """What must be put right, by fault."""
        return groups(self.of("error"))

    @property
    def queries(self) -> tuple[Group, ...]:
        """What is asked and not answered, by fault."""
        return groups(item for item in self.of("query") if item.answer is None)

    @property
    def answered(self) -> tuple[Item, ...]:
        """The queries that are answered."""
        return tuple(item for item in self.of("query") if item.answer is not None)

    @property
    def open_queries(self) -> int:
        """How many queries are not answered."""
        return len(self.of("query")) - len(self.answered)

    @property
    def infos(self) -> tuple[Group, ...]:
        """What is said and blocks nothing, by fault."""
        return groups(self.of("info"))

    @property
    def pupils(self) -> tuple[PupilFindings, ...]:
        """Errors and open queries by pupil, in the order of the names; the file as a whole first."""
        waiting = (*self.of("error"), *(each for each in self.of("query") if each.answer is None))
        found: dict[tuple[str, str], list[Item]] = {}
        for item in waiting:
            found.setdefault((item.said["pupil"] or "", item.said["upn"] or ""), []).append(item)
        return tuple(
            PupilFindings(name or (f"UPN {upn}" if upn else ""), upn, tuple(items))
            for (name, upn), items in sorted(found.items(), key=lambda each: (each[0][0].casefold(), each[0][1]))
        )


def findings_of(submission: Submission, answers: Mapping[str, QueryAnswer]) -> Findings:
    """Return what the checks said of a file, with the answers that stand."""
    report = submission.report
    checks = report.get("checks", {})
    item = _item(answers)
    return Findings(
        tuple(map(item, report.get("findings", ()))),
        _not_checked(each for each in checks.get("not_run", ()) if each["why"] not in _OTHER_KINDS),
        sum(1 for each in checks.get("not_run", ()) if each["why"] in _OTHER_KINDS),
        checks.get("passed", 0),
        checks.get("run", 0),
        tuple(report.get("notes", ())),
        guide_for(report.get("supplier") or ""),
    )


def registrations(at: ReturnVisit, findings: Findings) -> dict[str, str]:
    """Return by UPN where the registration is of each pupil in whom the file and the register do not agree."""
    upns = {each.said["upn"] for each in findings.items if each.said["code"].startswith(_REGISTER)}
    known = RegisteredPupil.objects.filter(gateway_return=at.gateway_return, upn__in=upns - {None, ""})
    return {upn: at.to("gateway:registered", key=key) for upn, key in known.values_list("upn", "key")}


def _item(answers: Mapping[str, QueryAnswer]) -> Callable[[Said], Item]:
    def item(said: Said) -> Item:
        is_query = said["severity"] == "query"
        hash_ = asked(said) if is_query else ""
        return Item(_who(said), said["message"], _place(said), hash_, answers.get(hash_) if is_query else None, said)

    return item


def _who(said: Said) -> str:
    name = said["pupil"] or (f"UPN {said['upn']}" if said["upn"] else "")
    return ", ".join(part for part in (name, said["subject"] or "") if part)


def _place(said: Said) -> str:
    return place_in_words(Place(said["line"], said["column"], said["sheet"], said["cell"]))


def groups(items: Iterable[Item]) -> tuple[Group, ...]:
    """Return findings by fault, in the order in which each fault comes first."""
    by_code: dict[str, list[Item]] = {}
    for item in items:
        by_code.setdefault(item.said["code"], []).append(item)
    return tuple(Group(code, _summary(code), _ways(alike)) for code, alike in by_code.items())


def _summary(code: str) -> str:
    check = CATALOGUE.get(code)
    return check.summary if check else code


def _ways(items: Iterable[Item]) -> tuple[Way, ...]:
    ways: dict[tuple[str, tuple[str, ...]], list[Item]] = {}
    for item in items:
        ways.setdefault((item.said["fix"], tuple(item.said["allowed"])), []).append(item)
    return tuple(Way(fix, allowed, tuple(found)) for (fix, allowed), found in ways.items())


def _not_checked(not_run: Iterable[Mapping[str, str]]) -> tuple[NotChecked, ...]:
    by_reason: dict[str, list[str]] = {}
    for each in not_run:
        check = CATALOGUE.get(each["code"])
        by_reason.setdefault(each["why"], []).append(check.purpose.rstrip(".") if check else each["code"])
    return tuple(NotChecked(why, tuple(purposes)) for why, purposes in by_reason.items())
