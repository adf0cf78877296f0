"""J: a pupil's judgements together. Do they go with one another?"""

from collections.abc import Iterator

from keystage.checks.case import Case, Codes, words_of
from keystage.checks.catalogue import Hit, Need, check
from keystage.checks.finding import Severity
from keystage.years.codes import Kind
from keystage.years.subjects import Subject

_BELOW = (Kind.PRE_KEY_STAGE, Kind.ENGAGEMENT_MODEL)
_JUDGED = (Kind.STANDARD, Kind.PRE_KEY_STAGE)
_CORE = (Subject.READING, Subject.WRITING, Subject.MATHS)
_BOTH = (Subject.WRITING, Subject.SCIENCE)
_NOT_JUDGED = ("A", "L", "F", "P")


def _kind(case: Case, subject: Subject, codes: Codes) -> Kind | None:
    code = case.year.code_table(subject).find(codes.get(subject, ""))
    return code.kind if code else None


@check(
    "J06",
    "science-below-standard",
    Severity.QUERY,
    summary="Science above what writing suggests",
    message="{who} has {value} in science and {writing} in writing. A pupil with a pre-key stage standard or the"
    " engagement model in writing usually has {usual} (standard not met) in science, or {codes}.",
    fix="Ask the teacher. If the science judgement is right, say so in the note. If not, correct it and export the file"
    " again.",
    lists_allowed=True,
    needs=(Need.TEACHER_ASSESSMENT,),
)
def science_below_standard(case: Case) -> Iterator[Hit]:
    """A pupil with a pre-key stage standard or the engagement model in writing has not met the standard in science."""
    allowed = ("HNM", *_NOT_JUDGED)

    def fires(codes: Codes) -> bool:
        science = codes.get(Subject.SCIENCE)
        return science is not None and science not in allowed and _kind(case, Subject.WRITING, codes) in _BELOW

    for pupil, codes in case.pupils_where(fires):
        yield case.hit_code(
            pupil, Subject.SCIENCE, allowed=allowed, writing=codes[Subject.WRITING],
            usual=allowed[0], codes=words_of(_NOT_JUDGED),
        )  # fmt: skip


@check(
    "J07",
    "left-in-one-subject",
    Severity.ERROR,
    summary="Left in one subject only",
    message="{who} has L ({meaning}) in {subject} and {other} in {other_subject}. A pupil who has left must have L in"
    " both.",
    fix="If the pupil left before test week, enter L in writing and science. If the pupil left after it, or is still"
    " here, enter the teacher's judgement in both.",
    needs=(Need.TEACHER_ASSESSMENT,),
)
def left_in_one_subject(case: Case) -> Iterator[Hit]:
    """L belongs to the pupil: it stands in writing and in science, or in neither."""
    yield from _in_one_only(case, ("L",))


@check(
    "J09",
    "future-or-past-in-one-subject",
    Severity.QUERY,
    summary="Future or previous year in one subject only",
    message="{who} has {value} ({meaning}) in {subject} and {other} in {other_subject}.",
    fix="If the pupil's subjects are finished in different years, say so in the note. If not, ask the teacher and"
    " correct the one that is wrong.",
    needs=(Need.TEACHER_ASSESSMENT,),
)
def future_or_past_in_one_subject(case: Case) -> Iterator[Hit]:
    """F (a future year) and P (a previous year) usually stand in writing and in science alike."""
    yield from _in_one_only(case, ("F", "P"))


def _in_one_only(case: Case, group: tuple[str, ...]) -> Iterator[Hit]:
    def fires(codes: Codes) -> bool:
        return sum(codes.get(subject) in group for subject in _BOTH) == 1

    for pupil, codes in case.pupils_where(fires):
        subject, other = sorted(_BOTH, key=lambda subject: codes.get(subject) not in group)
        words = {
            "meaning": case.year.meaning(subject, codes[subject]),
            "other": codes.get(other, "no judgement"),
            "other_subject": other,
        }
        yield case.saying(case.hit_code(pupil, subject), **words)


@check(
    "J08",
    "engagement-model-mixed",
    Severity.QUERY,
    summary="Engagement model in one subject only",
    message="{who} has EM (engagement model) in {subject} and {other} in {other_subject}. The engagement model is for"
    " pupils who do not yet study separate subjects; perhaps not both are meant.",
    fix="Ask the teacher and correct the one that is wrong. If both are right, say so in the note.",
    needs=(Need.TEACHER_ASSESSMENT,),
)
def engagement_model_mixed(case: Case) -> Iterator[Hit]:
    """A pupil on the engagement model is so in reading, writing and maths alike; science never counts."""

    def fires(codes: Codes) -> bool:
        kinds = [_kind(case, subject, codes) for subject in _CORE]
        return Kind.ENGAGEMENT_MODEL in kinds and any(kind in _JUDGED for kind in kinds)

    for pupil, codes in case.pupils_where(fires):
        kinds = {subject: _kind(case, subject, codes) for subject in _CORE}
        subject = next(subject for subject in _CORE if kinds[subject] is Kind.ENGAGEMENT_MODEL)
        other = next(subject for subject in _CORE if kinds[subject] in _JUDGED)
        yield case.hit_code(pupil, subject, other=codes[other], other_subject=other)
