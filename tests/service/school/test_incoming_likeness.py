"""Who in a file may be who here: proposed on more than a name."""

from datetime import date

import pytest

from keystage.returns.roll import RollPupil
from keystage.service.school.services.incoming_likeness import alike

BORN, OTHER_DAY = date(2015, 3, 1), date(2014, 12, 24)
HERE = RollPupil("G999200110001", "Dąbrowska", "Dot", BORN, "F")


def evidence(upn: str, surname: str, forename: str, born: date | None) -> tuple[str, ...] | None:
    pupil = RollPupil(upn, surname, forename, born, "F")
    found = alike([pupil], [HERE]).get(id(pupil))
    return found.evidence if found else None


@pytest.mark.parametrize(
    ("upn", "surname", "forename", "born", "expected"),
    [
        ("", "Dąbrowska", "Dot", BORN, ("same name", "same date of birth")),
        ("", "DOT", "DABROWSKA", BORN, ("same name", "same date of birth")),
        ("G999200110007", "Dabrowska", "Dot", OTHER_DAY, ("same name", "UPN differs in one place")),
        ("G999200110010", "Dabrowska", "Dot", None, ("same name", "UPN differs in one place")),
        # The name alone, also where the UPNs begin alike:
        ("", "Dąbrowska", "Dot", OTHER_DAY, None),
        ("", "Dąbrowska", "Dot", None, None),
        ("G999200987654", "Dąbrowska", "Dot", OTHER_DAY, None),
        # The date of birth or the UPN alone:
        ("", "Okafor", "Temi", BORN, None),
        ("G999200110007", "Okafor", "Temi", OTHER_DAY, None),
        ("", "", "", BORN, None),
    ],
)
def test_somebody_is_proposed_on_name_with_birth_date_or_upn(
    upn: str, surname: str, forename: str, born: date | None, expected: tuple[str, ...] | None
) -> None:
    assert evidence(upn, surname, forename, born) == expected


def test_each_pupil_here_is_proposed_once_to_whom_is_most_like() -> None:
    like = RollPupil("", "Dabrovska", "Dot", BORN, "F")
    same = RollPupil("", "Dabrowska", "Dot", BORN, "F")
    found = alike([like, same], [HERE])
    assert set(found) == {id(same)}
