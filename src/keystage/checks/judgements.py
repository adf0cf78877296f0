"""J: each judgement by itself. Is it there, is it a code of the year, is it of the year?"""

from collections.abc import Iterator
from datetime import date

from keystage.checks.case import Case, placed, words_of
from keystage.checks.catalogue import Hit, Need, check
from keystage.checks.finding import Severity
from keystage.pupils.birthdays import parse
from keystage.returns.judgement import Judgement
from keystage.returns.value import Pupil
from keystage.years.explain import NotTaCode, OtherSubjectCode, RetiredCode
from keystage.years.subjects import Subject

REQUIRED = (Subject.WRITING, Subject.SCIENCE)
"""The subjects in which every pupil in the return has a judgement."""


@check(
    "J01",
    "missing",
    Severity.ERROR,
    summary="A judgement is missing",
    message="{who} has no {subject} judgement.",
    fix="Ask the teacher, enter one of {codes} in the school's system, and export the file again. A file with gaps"
    " cannot be used.",
    lists_allowed=True,
    needs=(Need.TEACHER_ASSESSMENT,),
)
def missing(case: Case) -> Iterator[Hit]:
    """Every pupil in the return has a judgement in writing and in science."""
    for pupil, codes in case.pupils_where(lambda codes: not all(subject in codes for subject in REQUIRED)):
        for subject in REQUIRED:
            if subject not in codes:
                allowed = case.year.codes(subject)
                yield case.hit_code(pupil, subject, allowed=allowed, codes=words_of(allowed))


@check(
    "J03",
    "code-not-valid",
    Severity.ERROR,
    summary="A code that is not valid",
    message="{who} has “{value}” in {subject}, {why}.",
    fix="{way_out}, and export the file again.",
    lists_allowed=True,
    needs=(Need.TEACHER_ASSESSMENT,),
)
def code_not_valid(case: Case) -> Iterator[Hit]:
    """Every code is in the list of its subject for the year."""
    for pupil, judgement, at in case.judgements_where(
        lambda judgement: bool(judgement.code) and judgement.code not in case.year.codes(judgement.subject)
    ):
        allowed = case.year.codes(judgement.subject)
        way_out = _WAY_OUT if judgement.subject in REQUIRED else _WAY_OUT_OF_A_TEST
        words = {"subject": judgement.subject, "codes": words_of(allowed)}
        yield case.hit_judgement(
            pupil, judgement, at, allowed=allowed, why=_why(case, judgement), way_out=way_out.format_map(words)
        )


_WAY_OUT = "Ask the teacher which of {codes} is right, enter it in the school's system"
_WAY_OUT_OF_A_TEST = (
    "If the pupil sits the {subject} test, leave {subject} blank. If not, ask the teacher which of {codes} is right,"
    " enter it in the school's system"
)


def _why(case: Case, judgement: Judgement) -> str:
    match case.year.explain_code(judgement.subject, judgement.code):
        case RetiredCode(was=was, last_year=int(last)):
            return f"which has not been used since {last} (it was {was})"
        case RetiredCode(was=was):
            return f"which is no longer used (it was {was})"
        case OtherSubjectCode(subjects=subjects):
            return f"which is a code for {words_of([str(subject) for subject in subjects])} only"
        case NotTaCode(meaning=meaning):
            return f"which is a result of a test ({meaning}) and not a teacher assessment"
    return "which is not a code of any teacher assessment"


@check(
    "J04",
    "two-results",
    Severity.ERROR,
    summary="Two different codes for one subject",
    message="{who} has two different codes in {subject}: {both}.",
    fix="Ask the teacher which is right, take the other out of the school's system, and export the file again.",
    needs=(Need.TEACHER_ASSESSMENT,),
)
def two_results(case: Case) -> Iterator[Hit]:
    """A pupil has one code for a subject."""
    for pupil in case.pupils:
        if len(pupil.judgements) > len(case.codes(pupil)):
            yield from _second_codes(case, pupil)


def _second_codes(case: Case, pupil: Pupil) -> Iterator[Hit]:
    first = case.codes(pupil)
    for judgement, at in placed(pupil):
        code = first.get(judgement.subject, "")
        if judgement.code and judgement.code != code:
            yield case.hit_judgement(pupil, judgement, at, both=f"{code} and {judgement.code}")


@check(
    "J10",
    "wrong-year",
    Severity.ERROR,
    summary="A judgement of another year",
    message="The {subject} judgement of {who} is of {found}, and this return is of {year}.",
    fix="If last year's results were exported, export this year's. If the judgement is this year's, correct its year in"
    " the school's system.",
    lists_allowed=True,
    needs=(Need.CTF, Need.TEACHER_ASSESSMENT),
)
def wrong_year(case: Case) -> Iterator[Hit]:
    """Every judgement is of the collection year."""
    right = str(case.year.year)
    for pupil, judgement, at in case.judgements_where(lambda judgement: judgement.year != right):
        found = f"the year “{judgement.year}”" if judgement.year else "no year"
        yield case.hit_judgement(pupil, judgement, at, "year", allowed=(right,), value=judgement.year, found=found)


@check(
    "J14",
    "result-date",
    Severity.QUERY,
    summary="The date of a judgement is doubtful",
    message="The {subject} judgement of {who} has the date “{value}”, which {problem}.",
    fix="Correct the date in the school's system, or say in the note why it is right.",
    needs=(Need.CTF, Need.TEACHER_ASSESSMENT),
)
def result_date(case: Case) -> Iterator[Hit]:
    """The date of a judgement, where there is one, is in the school year and not in the future."""
    for pupil, judgement, at in case.judgements_where(lambda judgement: bool(_date_problem(case, judgement.date))):
        yield case.hit_judgement(
            pupil, judgement, at, "date", value=judgement.date, problem=_date_problem(case, judgement.date)
        )


def _date_problem(case: Case, text: str) -> str:
    if not text:
        return ""
    given = parse(text[:10])
    if given is None:
        return "cannot be read"
    if given > case.today:
        return "is yet to come"
    return "is before the school year began" if given < date(case.year.start_year, 9, 1) else ""


@check(
    "J15",
    "tidied",
    Severity.INFO,
    summary="A code was tidied to be read",
    message="The {subject} code of {who} stands as “{found}” and was read as {value}.",
    fix="Nothing needs doing here. Other systems may be stricter; for them “keystage repair” writes the code plainly.",
    needs=(Need.TEACHER_ASSESSMENT,),
)
def tidied(case: Case) -> Iterator[Hit]:
    """Codes stand in capitals, without spaces around them."""
    for pupil, judgement, at in case.judgements_where(
        lambda judgement: judgement.written != judgement.code and judgement.code in case.year.codes(judgement.subject)
    ):
        yield case.hit_judgement(pupil, judgement, at, value=judgement.code, found=judgement.written)
