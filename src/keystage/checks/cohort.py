"""C: the cohort. Who is in the return, against who is expected."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from keystage.checks.case import Case, with_upn
from keystage.checks.catalogue import Hit, Need, check
from keystage.checks.finding import Severity
from keystage.pupils.matching import Match, Tier
from keystage.pupils.names import fold
from keystage.returns.register import Expected
from keystage.returns.value import Pupil

_WITH_TA = (Need.REGISTER, Need.TEACHER_ASSESSMENT)


@check(
    "C01",
    "pupil-missing",
    Severity.ERROR,
    summary="An expected pupil is missing",
    message="{pupil} is expected and is not in the return.",
    fix="Include the pupil in the export, as also leavers and pupils of other year groups who are expected, and export"
    " the file again. If the pupil should not be expected, change the registration at the gateway.",
    needs=_WITH_TA,
)
def pupil_missing(case: Case) -> Iterator[Hit]:
    """Every expected pupil is in the return."""
    for expected in case.cohort.only_right:
        if expected.is_expected and not expected.has_left:
            yield case.hit_expected(expected, pupil=with_upn(expected))


@check(
    "C02",
    "pupil-not-expected",
    Severity.QUERY,
    summary="A pupil who is not expected",
    message="{who} is in the return and is not on the register of expected pupils.",
    fix="If the pupil finishes key stage 2 here this year, add them to the registration at the gateway. If not, leave"
    " them out of the export.",
    needs=_WITH_TA,
)
def pupil_not_expected(case: Case) -> Iterator[Hit]:
    """Every pupil in the return is on the register."""
    for pupil in case.cohort.only_left:
        yield case.hit(pupil, value=pupil.upn)


@check(
    "C03",
    "identity-differs",
    Severity.QUERY,
    summary="Name, date of birth or sex differ from the register",
    message="{who} is not the same here as on the register: {differences}.",
    fix="Find out which is right, from the birth certificate if need be, and correct the other. While they differ, the"
    " gateway may take one child for two.",
    needs=_WITH_TA,
)
def identity_differs(case: Case) -> Iterator[Hit]:
    """A pupil with the same UPN has the name, date of birth and sex of the register."""
    for pair in case.cohort.pairs:
        if pair.tier is not Tier.UPN or _identity(pair.left) == _identity(pair.right):
            continue
        differences = [each for each in _differences(pair) if case.has(each.field)]
        if differences:
            words = "; ".join(
                f"the {name} is {here or 'missing'} in the return and {there or 'missing'} on the register"
                for _, name, here, there, _ in differences
            )
            yield case.hit(pair.left, differences[0].field, differences[0].found, differences=words)


def _identity(pupil: Pupil | Expected) -> tuple[str, str, date | None, str]:
    return pupil.surname, pupil.forename, pupil.birth_date, pupil.sex


class _Difference(NamedTuple):
    field: str
    name: str
    here: str
    there: str
    found: str
    """As it stands in the return."""


def _differences(pair: Match[Pupil, Expected]) -> Iterator[_Difference]:
    here, there = pair.left, pair.right
    for field in ("surname", "forename"):
        if fold(getattr(here, field)) != fold(getattr(there, field)):
            found = getattr(here, field)
            yield _Difference(field, field, found, getattr(there, field), found)
    if there.birth_date and here.birth_date != there.birth_date:
        born = f"{here.birth_date:%d/%m/%Y}" if here.birth_date else here.birth_text
        yield _Difference("birth_date", "date of birth", born, f"{there.birth_date:%d/%m/%Y}", here.birth_text)
    if there.sex and here.sex != there.sex:
        yield _Difference("sex", "sex", here.sex, there.sex, here.sex)


@check(
    "C04",
    "probably-same-pupil",
    Severity.QUERY,
    summary="Probably an expected pupil under another UPN",
    message="{pupil} is probably {expected} on the register: {why}.",
    fix="If they are the same child, correct the UPN that is wrong: in the school's records, or in the registration at"
    " the gateway. If they are not, add this pupil to the registration and look for the other.",
    needs=_WITH_TA,
)
def probably_same_pupil(case: Case) -> Iterator[Hit]:
    """A pupil whose UPN is on no register is not, by former UPN or name and birth date, someone expected."""
    why = {
        Tier.FORMER_UPN: "one of them has the other's UPN as a former UPN",
        Tier.NAME_AND_BIRTH_DATE: "name and date of birth are the same",
    }
    for pair in case.cohort.pairs:
        pupil, expected = pair.left, pair.right
        if pair.tier is not Tier.UPN:
            words = {"pupil": with_upn(pupil), "expected": with_upn(expected), "why": why[pair.tier]}
            yield case.saying(case.hit(pupil, "upn", pupil.upn), **words)


_LISTED = "Missing and unexpected pupils are listed under their own headings."


@check(
    "C05",
    "numbers",
    Severity.INFO,
    summary="Expected numbers",
    message="Expected {expected}, received {received}: {matched} matched, {missing} missing, {unexpected} not"
    " expected.",
    fix="{way_out}",
    needs=_WITH_TA,
)
def numbers(case: Case) -> Iterator[Hit]:
    """The numbers of expected, received, matched, missing and unexpected pupils are said."""
    assert case.register is not None
    matched = [pair for pair in case.cohort.pairs if pair.right.is_expected]
    missing = sum(expected.is_expected for expected in case.cohort.only_right)
    unexpected = len(case.cohort.only_left) + len(case.cohort.pairs) - len(matched)
    yield Hit(
        value=str(len(case.pupils)),
        words={
            "expected": sum(expected.is_expected for expected in case.register.pupils),
            "received": len(case.pupils),
            "matched": len(matched),
            "missing": missing,
            "unexpected": unexpected,
            "way_out": _LISTED if missing or unexpected else "Nothing needs doing.",
        },
    )
