"""The attendance registers as their pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from keystage.service.gateway.models import AttendanceRegister, GatewayReturn, RegisteredPupil
from keystage.service.gateway.services.attendance import changed_since, on_attendance
from keystage.service.gateway.services.declaring import NAMES
from keystage.years.provenance import Basis
from keystage.years.registration import PupilStatus, RegistrationStatus, TestStatus
from keystage.years.subjects import Test


@dataclass(frozen=True, slots=True)
class TestRow:
    """One test in the overview."""

    test: str
    name: str
    with_code: int
    submitted: AttendanceRegister | None
    is_changed: bool


@dataclass(frozen=True, slots=True)
class PupilRow:
    """One pupil on the attendance register of a test."""

    key: str
    name: str
    upn: str
    code: str
    """What stands in the box."""
    seen: str
    """What is kept."""
    note: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class CodeWords:
    """A code, what it means and how sure that is."""

    code: str
    meaning: str
    sure: str


def test_rows(gateway_return: GatewayReturn, registered: Sequence[RegisteredPupil]) -> list[TestRow]:
    """Return the three tests, each with how many pupils have a code and whether its register is submitted."""
    submitted = {
        each.test: each
        for each in AttendanceRegister.objects.filter(gateway_return=gateway_return).select_related("submitted_by")
    }
    there = on_attendance(registered)
    return [
        TestRow(
            test,
            words[:1].upper() + words[1:],
            sum(bool(getattr(each, f"attended_{test}")) for each in there),
            submitted.get(test),
            test in submitted and changed_since(gateway_return, submitted[test]),
        )
        for test, words in NAMES.items()
    ]


def pupil_rows(
    registered: Sequence[RegisteredPupil],
    test: Test,
    given: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> list[PupilRow]:
    """Return the pupils with their codes; where something was typed, that, with what is wrong with it."""
    rows = []
    for each in on_attendance(registered):
        kept = getattr(each, f"attended_{test}")
        typed = (given or {}).get(each.key, kept)
        rows.append(
            PupilRow(each.key, str(each), each.upn, typed, kept, _note(each, test), (errors or {}).get(each.key, ""))
        )
    return rows


def _note(pupil: RegisteredPupil, test: Test) -> str:
    if pupil.status == PupilStatus.LEFT:
        return "Has left: leave it blank"
    status = getattr(pupil, test)
    if status == TestStatus.REGISTERED:
        return ""
    return f"Registered as {status.replace('-', ' ')} for this test: blank keeps that"


def code_words(codes: Mapping[str, RegistrationStatus]) -> list[CodeWords]:
    """Return the codes in order, with what is assumed of each."""
    return [
        CodeWords(code, each.meaning, "assumed" if each.provenance.basis is Basis.ASSUMED else "read in a copy")
        for code, each in sorted(codes.items())
    ]
