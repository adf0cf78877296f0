"""Letters with the results of the tests: one page a pupil, one PDF for the school."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from keystage.papers.characters import Value
from keystage.papers.frame import Frame
from keystage.returns.results import PupilResult, TestResult
from keystage.years.scores import EXPECTED, LEAST, MOST
from keystage.years.subjects import Subject, Test
from keystage.years.year import CollectionYear

_SUBJECTS = {
    Subject.READING: "English reading",
    Subject.WRITING: "English writing",
    Subject.MATHS: "Mathematics",
    Subject.SCIENCE: "Science",
}


@dataclass(frozen=True, slots=True)
class LetterPaper:
    """The results of a school's pupils, to be printed as letters. The frame needs no fingerprint."""

    frame: Frame
    pupils: Sequence[PupilResult]
    is_revised: bool = False
    """Whether they take the place of results that were given before."""


def results_letters(paper: LetterPaper) -> bytes:
    """Return the letters as one PDF: a page for each pupil, by name; on each page is nothing of another pupil."""
    pupils = sorted(paper.pupils, key=lambda each: (each.surname.casefold(), each.forename.casefold(), each.upn))
    data: dict[str, Value] = {
        "pupils": [_letter(each, paper.frame.year) for each in pupils],
        "is_revised": paper.is_revised,
        "pages_apart": True,
        "scale": f"A scaled score is from {LEAST} to {MOST}. A score of {EXPECTED} or more shows that the expected"
        " standard was met. Marks are turned into scaled scores so that years can be compared.",
    }
    return paper.frame.typeset("results_letter", "Key stage 2 results", data)


def _letter(pupil: PupilResult, year: CollectionYear) -> Value:
    born = pupil.birth_date
    return {
        "name": f"{pupil.forename} {pupil.surname}".strip() or "A pupil without a name",
        "upn": pupil.upn or "not given",
        "born": f"{born:%d/%m/%Y}" if born else pupil.birth_text or "not given",
        "tests": list(_tests(pupil, year)),
        "judgements": list(_judgements(pupil, year)),
    }


def _tests(pupil: PupilResult, year: CollectionYear) -> Iterator[Value]:
    for test in Test:
        papers, result = year.test(test), pupil.tests.get(test) or TestResult()
        yield [
            papers.name,
            f"{marks} out of {papers.max_mark}" if (marks := _shown(result.raw_text, result.raw)) else "–",
            _shown(result.scaled_text, result.scaled) or "–",
            outcome_words(result.outcome, year),
        ]


def _shown(text: str, value: int | None) -> str:
    return text or ("" if value is None else str(value))


def outcome_words(code: str, year: CollectionYear) -> str:
    """Return what an outcome means in the year, in words and with its code; a code that is not known is said so."""
    if not code:
        return "No result was returned"
    known = year.outcomes.get(code)
    meaning = known.meaning if known else "what this code means is not known here"
    return f"{meaning[:1].upper()}{meaning[1:]} ({code})"


def _judgements(pupil: PupilResult, year: CollectionYear) -> Iterator[Value]:
    for subject in Subject:
        if code := pupil.ta.get(subject):
            meaning = year.meaning(subject, code) or "what this code means is not known here"
            yield [_SUBJECTS[subject], f"{meaning[:1].upper()}{meaning[1:]} ({code})"]
