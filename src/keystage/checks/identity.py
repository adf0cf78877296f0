"""P: names, dates of birth, sex, and the same child twice."""

from collections.abc import Iterator

from keystage.checks.case import Case, with_upn, words_of
from keystage.checks.catalogue import Hit, Need, check
from keystage.checks.finding import Severity
from keystage.pupils.matching import same_person_twice


@check(
    "P05",
    "same-person-twice",
    Severity.QUERY,
    summary="Perhaps the same child under two UPNs",
    message="{who} has the same name and date of birth as the pupil {other} ({place}).",
    fix="If they are one child, keep the entry with the right UPN and take the other out. If they are two, say so in"
    " the note.",
)
def same_person(case: Case) -> Iterator[Hit]:
    """No two pupils have the same surname, forename and date of birth."""
    for pupil, earlier in same_person_twice(case.pupils):
        other = f"with UPN {earlier.upn}" if earlier.upn else "without a UPN"
        yield case.hit(pupil, "surname", pupil.name, other=other, place=case.place(earlier, "surname"))


@check(
    "P06",
    "name-missing",
    Severity.ERROR,
    summary="A name is missing",
    message="{which} has no {missing}.",
    fix="Enter the pupil's full legal name in the school's records and export the file again.",
)
def name_missing(case: Case) -> Iterator[Hit]:
    """Every pupil has a surname and a forename."""
    for pupil in case.pupils:
        if not pupil.surname or not pupil.forename:
            missing = tuple(field for field in ("surname", "forename") if not getattr(pupil, field))
            which = with_upn(pupil) if pupil.name or pupil.upn else "a pupil without a UPN"
            yield case.hit(pupil, missing[0], which=which, missing=words_of(missing))


@check(
    "P07",
    "birth-date",
    Severity.ERROR,
    summary="Date of birth missing or wrong",
    message="{who} {problem}.",
    fix="Look the date of birth up in the school's records, correct it there and export the file again.",
    needs=(Need.BIRTH_DATES,),
)
def birth_date(case: Case) -> Iterator[Hit]:
    """Every pupil has a date of birth that can be read and is not in the future."""
    for pupil in case.pupils:
        if pupil.birth_date is None:
            problem = f"has a date of birth that cannot be read, “{pupil.birth_text}”; it must be like 2014-11-03"
            yield case.hit(
                pupil, "birth_date", pupil.birth_text, problem=problem if pupil.birth_text else "has no date of birth"
            )
        elif pupil.birth_date > case.today:
            problem = f"has a date of birth that is yet to come: {pupil.birth_date:%d/%m/%Y}"
            yield case.hit(pupil, "birth_date", pupil.birth_text, problem=problem)


@check(
    "P08",
    "age-unusual",
    Severity.QUERY,
    summary="Unusual age for the end of key stage 2",
    message="{who} was born on {born}; pupils at the end of key stage 2 in {year} are usually born from {first}"
    " to {last}.",
    fix="If the date is wrong, correct it. If it is right and the pupil finishes key stage 2 this year, say so in the"
    " note. If the pupil finishes in another year, see whether they should be in this return at all.",
    needs=(Need.TEACHER_ASSESSMENT, Need.BIRTH_DATES),
)
def age_unusual(case: Case) -> Iterator[Hit]:
    """Pupils at the end of key stage 2 are usually aged 11 by the end of the school year."""
    first, last = case.year.usual_birth_dates
    for pupil in case.pupils:
        born = pupil.birth_date
        if born is not None and not first <= born <= last and born <= case.today:
            yield case.hit(
                pupil, "birth_date", pupil.birth_text,
                born=f"{born:%d/%m/%Y}", first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}",
            )  # fmt: skip


@check(
    "P09",
    "sex-missing",
    Severity.ERROR,
    summary="Sex missing or not a valid code",
    message="{who} {problem}; it must be {codes}.",
    fix="Enter it in the school's records and export the file again.",
    lists_allowed=True,
    needs=(Need.SEXES,),
)
def sex_missing(case: Case) -> Iterator[Hit]:
    """Every pupil has a sex that is a code of the version."""
    allowed = case.year.ctf.sexes
    for pupil in case.pupils:
        if pupil.sex not in allowed:
            problem = f"has “{pupil.sex}” for sex" if pupil.sex else "has no sex entered"
            hit = case.hit(pupil, "sex", pupil.sex, problem=problem, codes=words_of(allowed))
            yield case.allowing(hit, allowed)
