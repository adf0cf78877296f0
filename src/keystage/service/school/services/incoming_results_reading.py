"""Reading a file of results for one school: of which year, of which school, and what of it is another's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from keystage.checks.rolls import is_ctf
from keystage.ctf.reader import read
from keystage.ctf.results import to_results
from keystage.ctf.to_return import collection_year
from keystage.returns.results import PupilResult as CoreResult
from keystage.returns.results import Results
from keystage.service.school.models import PupilResult, SchoolReturn
from keystage.service.school.models.files import IncomingKind
from keystage.service.school.services.incoming_kinds import WrongKind, refuse_other_kinds
from keystage.service.school.services.incoming_room import too_long
from keystage.sheets import read_results
from keystage.sheets.sheet_file import SheetFile
from keystage.years.year import CollectionYear

_TEXTS = ("upn", "surname", "forename", "birth_text", "sex", "former_upn", "school")
_AGAIN = "Download the results from the gateway again, and bring in that file as it is."


@dataclass(frozen=True, slots=True)
class FileOfResults:
    """What a file says of this school."""

    results: Results
    other_school: str = ""
    """The school that the file names, where it is not this one."""
    left_out: int = 0
    """How many pupils of other schools stand in the file too: nothing of them is read."""
    other_schools: int = 0
    repeated: tuple[str, ...] = ()
    """The names of those who stand in the file again with the very same entries: each is taken once."""


def read_file(content: bytes, name: str, school_return: SchoolReturn, year: CollectionYear) -> FileOfResults:
    """Read a file as the results of a school. One query: the numbers that the school had before.

    Raises:
        WrongKind: it holds no results of the tests, those of another year, or those of several other schools.
        FileRefused: it cannot be read.
    """
    results = _results(content, name, year)
    found = _of_school(results, _numbers(school_return))
    pupils, repeated = _each_once(found.results.pupils)
    _refuse_too_long(pupils)
    return replace(found, results=replace(results, pupils=pupils), repeated=repeated)


def _results(content: bytes, name: str, year: CollectionYear) -> Results:
    refuse_other_kinds(IncomingKind.RESULTS, content, name, year)
    if is_ctf(content) or content.lstrip()[:1] == b"<":
        file = read(content, name=name)
        of = collection_year(file)
        if of not in (None, year.year):
            what = f"The file is of {of}, and this is the year {year}."
            raise WrongKind(what, f"Bring it in on the page “Results” of {of}, or bring in the results of {year}.")
        results = to_results(file, year)
    else:
        results = read_results(content, year, name=name)
        _refuse_without_columns(results)
    if not results.pupils:
        raise WrongKind("There are no pupils in the file.", _AGAIN)
    if not any(pupil.tests for pupil in results.pupils):
        what = "There are no results of the key stage 2 tests in the file."
        fix = "If it holds teacher assessments alone, bring it in with “Import judgements” on the page “Marksheet”."
        raise WrongKind(what, f"{_AGAIN} {fix}")
    return results


def _refuse_without_columns(results: Results) -> None:
    source = results.source
    assert isinstance(source, SheetFile)  # noqa: S101 - that is what read_results gives
    if not source.has("upn") and not all(source.has(each) for each in ("surname", "forename", "birth_date")):
        what = "The sheet has neither a column UPN nor surname, forename and date of birth."
        raise WrongKind(what, f"Without one of these nobody can be matched. {_AGAIN}")


def _numbers(school_return: SchoolReturn) -> set[str]:
    school = school_return.organisation
    return {school_return.number, school.number, *school.former_numbers.values_list("number", flat=True)}


def _of_school(results: Results, numbers: set[str]) -> FileOfResults:
    """Keep what is of this school; a pupil of whom no school is said counts as ours."""
    others = [number for number in results.schools if number not in numbers]
    if not others:
        return FileOfResults(results)
    ours = tuple(pupil for pupil in results.pupils if pupil.school in numbers)
    if ours:
        kept = tuple(pupil for pupil in results.pupils if not pupil.school or pupil.school in numbers)
        return FileOfResults(replace(results, pupils=kept), "", len(results.pupils) - len(kept), len(others))
    if len(others) > 1:
        what = f"The file has the results of {len(others):,} schools, and this school is not one of them."
        raise WrongKind(what, "Bring in the file of this school.")
    return FileOfResults(results, others[0])


def _each_once(pupils: Sequence[CoreResult]) -> tuple[tuple[CoreResult, ...], tuple[str, ...]]:
    """Return the pupils without rows that say the same to the letter, and whose those were."""
    kept: list[CoreResult] = []
    repeated: list[str] = []
    first: dict[str, CoreResult] = {}
    for pupil in pupils:
        earlier = first.setdefault(pupil.upn, pupil) if pupil.upn else pupil
        if earlier is not pupil and earlier._replace(at=pupil.at) == pupil:
            repeated.append(pupil.name or pupil.upn)
        else:
            kept.append(pupil)
    return tuple(kept), tuple(repeated)


def _refuse_too_long(pupils: Sequence[CoreResult]) -> None:
    """Refuse what the database has no room for: cut off, it would be another name or number."""
    for pupil in pupils:
        if found := too_long(pupil, PupilResult, _TEXTS):
            what = (
                f"{found} There is room for {found.room}. It stands with {pupil.name[:80] or 'a pupil without a name'}."
            )
            raise WrongKind(what, _AGAIN)
        if any("\0" in text for text in _texts(pupil)):
            raise WrongKind("The file holds characters that no name, number or mark can have.", _AGAIN)


def _texts(pupil: CoreResult) -> Iterator[str]:
    yield from (getattr(pupil, name) for name in _TEXTS)
    yield from pupil.ta.values()
    for result in pupil.tests.values():
        yield from (result.raw_text, result.scaled_text, result.outcome, result.special)
        yield from (text for _, text in result.paper_texts)
