"""The gateway's register and what it holds, as the plain values that the core works with."""

from collections.abc import Iterable

from keystage.returns import register as core
from keystage.returns.judgement import judgement
from keystage.returns.value import Pupil, Return
from keystage.service.config.ready_query import ReadyQuery
from keystage.service.gateway.models import GatewayReturn, HeldPupil, RegisteredPupil
from keystage.years.registration import PupilStatus, TestStatus
from keystage.years.subjects import Subject, Test

ATTENDED = {"A": TestStatus.ABSENT, "U": TestStatus.UNABLE, "J": TestStatus.JUST_ARRIVED, "B": TestStatus.BELOW,
            "F": TestStatus.FUTURE, "P": TestStatus.PREVIOUS, "L": TestStatus.LEFT}  # fmt: skip
"""What a code of the attendance register says of a test; no code says that the pupil was present."""


_REGISTERED = ReadyQuery(lambda at: RegisteredPupil.objects.filter(gateway_return=at))
_HELD = ReadyQuery(lambda at: HeldPupil.objects.filter(gateway_return=at, removed_at=None).order_by("pk"))


def registered_of(gateway_return: GatewayReturn) -> list[RegisteredPupil]:
    """Return everybody on the register, also those who were unregistered, by name."""
    found = _REGISTERED.all(at=gateway_return.pk)
    return sorted(found, key=lambda each: (each.surname.casefold(), each.forename.casefold(), each.pk))


def register_of(registered: Iterable[RegisteredPupil], name: str = "") -> core.Register:
    """Return a register as the core has it."""
    return core.Register(tuple(map(expected, registered)), name)


def expected(each: RegisteredPupil) -> core.Expected:
    """Return an entry of the register as the core knows one: what happened in the test counts before what was meant."""
    return core.Expected(
        each.upn,
        each.surname,
        each.forename,
        each.birth_date,
        each.sex,
        each.former_upn,
        reading=_status(each, Test.READING),
        maths=_status(each, Test.MATHS),
        gps=_status(each, Test.GPS),
        status=PupilStatus(each.status),
        date_left=each.date_left,
        moderated_writing=each.moderated_writing,
    )


def is_expected(each: RegisteredPupil) -> bool:
    """Say whether a pupil on the register must be in the return: all but those registered by mistake."""
    return each.status != PupilStatus.UNREGISTERED


def _status(each: RegisteredPupil, test: Test) -> TestStatus:
    return ATTENDED.get(getattr(each, f"attended_{test}")) or TestStatus(getattr(each, test))


def held_of(gateway_return: GatewayReturn) -> list[HeldPupil]:
    """Return the pupils who count."""
    return _HELD.all(at=gateway_return.pk)


def return_of(gateway_return: GatewayReturn, held: Iterable[HeldPupil]) -> Return:
    """Return what counts as a return of the core, without a source."""
    return Return(gateway_return.number, gateway_return.collection.year, tuple(map(return_pupil, held)))


def return_pupil(each: HeldPupil) -> Pupil:
    """Return a pupil who counts as a pupil of a return."""
    born = each.birth_date.isoformat() if each.birth_date else ""
    codes = ((subject, getattr(each, subject)) for subject in Subject)
    judgements = tuple(judgement(subject, code) for subject, code in codes if code)
    return Pupil(each.upn, each.surname, each.forename, each.birth_date, born, each.sex, each.former_upn, judgements)
