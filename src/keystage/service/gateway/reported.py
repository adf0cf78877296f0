"""What a school can report as wrong in its provisional report, and what the report says of it."""

from collections.abc import Mapping, Sequence

from keystage.pupils.names import full_name
from keystage.returns.results import TestResult
from keystage.service.design.words import date_words
from keystage.service.gateway.models import CorrectionRequest, HeldPupil, RegisteredPupil
from keystage.years.subjects import Subject, Test

PUPIL = "pupil"
"""Something about the pupil, or about the list of pupils."""
NOTHING = "nothing counts"
"""What a report says of a pupil who is expected and does not count, or who was removed."""
NO_CODE = "no judgement"
_TEST = "test:"
_SUBJECTS: Mapping[str, str] = {str(each): f"{each} judgement".capitalize() for each in Subject}
_TESTS: Mapping[str, str] = {
    f"{_TEST}{Test.READING}": "Reading test",
    f"{_TEST}{Test.MATHS}": "Maths test",
    f"{_TEST}{Test.GPS}": "Grammar, punctuation and spelling test",
}


def whats(*, with_tests: bool) -> dict[str, str]:
    """Return what can be wrong of a pupil, with its words."""
    tests = _TESTS if with_tests else {}
    return {**_SUBJECTS, **tests, PUPIL: "The name, UPN, date of birth or sex, or that the pupil is in it"}


def words_of_what(what: str) -> str:
    """Return what is reported as wrong in words."""
    return {**_SUBJECTS, **_TESTS}.get(what, "The pupil")


def tested(what: str) -> Test | None:
    """Return the test that something is about; None where it is about something else."""
    return Test(what.removeprefix(_TEST)) if what in _TESTS else None


def shown_in(what: str, pupil: HeldPupil | RegisteredPupil | None, result: TestResult | None = None) -> str:
    """Return what the report says of something; ``pupil`` is None or registered where nothing counts."""
    if tested(what):
        return result_words(result)
    if not isinstance(pupil, HeldPupil):
        return NOTHING
    return identity_words(pupil) if what == PUPIL else getattr(pupil, what) or NO_CODE


def identity_words(pupil: HeldPupil) -> str:
    """Return who a pupil is, as far as a report shows it."""
    parts = (full_name(pupil.surname, pupil.forename), pupil.upn, date_words(pupil.birth_date), pupil.sex)
    return ", ".join(part for part in parts if part)[:200]


def result_words(result: TestResult | None) -> str:
    """Return a test's result as it came: ``scaled score 104, AS``."""
    words = short_result(result)
    return f"scaled score {words}" if words[:1].isdigit() else words


def short_result(result: TestResult | None) -> str:
    """Return a test's result as it came, in short: ``104, AS``."""
    if result is None:
        return "no result"
    score = result.scaled_text or ("" if result.scaled is None else str(result.scaled))
    return ", ".join(part for part in (score, result.outcome) if part) or "no result"


def is_of_pupil(request: CorrectionRequest) -> bool:
    """Say whether something was reported of one pupil, and not of the school as a whole."""
    return bool(request.upn or request.name)


def same_pupil(request: CorrectionRequest, pupils: Sequence[HeldPupil]) -> HeldPupil | None:
    """Find the pupil of whom something was reported: by UPN, also a former one, else by a name that is one's alone."""
    for field in ("upn", "former_upn") if request.upn else ():
        if found := next((each for each in pupils if getattr(each, field) == request.upn), None):
            return found
    named = [each for each in pupils if request.name and str(each) == request.name]
    return named[0] if len(named) == 1 else None
