"""P: faults in UPNs. A UPN that the register does not know makes C04 too: name and date of birth still match."""

from random import Random

from keystage.pupils.upn import LETTERS
from keystage.simulate.draft import Draft
from keystage.simulate.expect import Expect
from keystage.simulate.faults.registry import PUPIL_FAULTS, Expected, seeds
from keystage.simulate.faults.tools import on_pupil, stranger, upn_with
from keystage.simulate.filed import FiledPupil, FiledRow
from keystage.simulate.pupils import MadePupil

_NO_AUTHORITY = ("944", "777", "100", "990", "000")


def _unknown(draft: Draft, code: str, pupil: FiledPupil, upn: str | None) -> Expected:
    """Give a pupil a UPN that the register does not have."""
    if upn and _is_taken(draft, upn):
        return None
    pupil.upn = upn
    return [on_pupil(code, pupil, "upn", upn or ""), on_pupil("C04", pupil, "upn", upn or "")]


def _everywhere(draft: Draft, code: str, pupil: FiledPupil, upn: str) -> Expected:
    """Give a pupil a UPN in file and register alike."""
    if _is_taken(draft, upn):
        return None
    pupil.upn = pupil.expected.upn = upn
    return [on_pupil(code, pupil, "upn", upn)]


def _is_taken(draft: Draft, upn: str) -> bool:
    return any(each.upn == upn for each in draft.pupils) or any(row.upn == upn for row in draft.register)


@seeds("P01", PUPIL_FAULTS)
def malformed_upn(draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """A UPN with wrong characters, or that a spreadsheet has spoilt."""
    upn = pupil.made.upn
    ways = (upn.lower(), upn[:-1], f"{upn}0", f"I{upn[1:]}", f"{upn[:4]}O{upn[5:]}", f"{upn[:5]} {upn[5:]}", "1.1E+12")
    return _unknown(draft, "P01", pupil, chance.choice(ways))


@seeds("P01", PUPIL_FAULTS)
def no_upn(draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """No UPN, or an empty one."""
    return _unknown(draft, "P01", pupil, chance.choice((None, "")))


@seeds("P02", PUPIL_FAULTS)
def wrong_check_letter(draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """Another first letter, in the file alone."""
    letters = LETTERS.replace(pupil.made.upn[0], "")
    return _unknown(draft, "P02", pupil, chance.choice(letters) + pupil.made.upn[1:])


@seeds("P02", PUPIL_FAULTS)
def wrong_check_letter_everywhere(draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """Another first letter, in file and register."""
    letters = LETTERS.replace(pupil.made.upn[0], "")
    return _everywhere(draft, "P02", pupil, chance.choice(letters) + pupil.made.upn[1:])


@seeds("P03", PUPIL_FAULTS)
def temporary_upn(draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """A temporary UPN in the file, a permanent one on the register."""
    return _unknown(draft, "P03", pupil, upn_with(pupil.made.upn[1:-1] + chance.choice(LETTERS)))


@seeds("P03", PUPIL_FAULTS)
def temporary_upn_everywhere(draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """A temporary UPN, in file and register."""
    return _everywhere(draft, "P03", pupil, upn_with(pupil.made.upn[1:-1] + chance.choice(LETTERS)))


@seeds("P04", PUPIL_FAULTS)
def same_upn_twice(draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """A pupil with the UPN of an earlier one, whose own UPN is then missing from the file."""
    earlier = [each for each in draft.pupils[: draft.pupils.index(pupil)] if not each.is_faulty and each.upn]
    if not earlier:
        return None
    other = chance.choice(earlier)
    other.is_faulty = True
    pupil.upn = other.upn
    return [on_pupil("P04", pupil, "upn", pupil.upn), Expect("C01", pupil.expected)]


@seeds("P04", PUPIL_FAULTS)
def same_pupil_twice(draft: Draft, pupil: FiledPupil, _chance: Random) -> Expected:
    """The same pupil exported twice."""
    twice = copy_of(pupil, pupil.made)
    draft.pupils.append(twice)
    return [on_pupil("P04", twice, "upn", twice.upn)]


@seeds("P05", PUPIL_FAULTS)
def two_upns(draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """One child under two UPNs, in the file and on the register."""
    twice = copy_of(pupil, pupil.made._replace(upn=stranger(draft, chance).upn))
    twice.expected.upn = twice.made.upn
    draft.pupils.append(twice)
    draft.register.append(twice.expected)
    return [on_pupil("P05", twice, "surname", twice.name)]


@seeds("P05", PUPIL_FAULTS)
def two_upns_in_file(draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """One child under two UPNs, of which the register knows one."""
    twice = copy_of(pupil, pupil.made._replace(upn=stranger(draft, chance).upn))
    draft.pupils.append(twice)
    return [on_pupil("P05", twice, "surname", twice.name), on_pupil("C02", twice, value=twice.upn)]


def copy_of(pupil: FiledPupil, made: MadePupil) -> FiledPupil:
    """Return a pupil's part of the file a second time, with a place of its own on a register."""
    rows = [FiledRow(row.text, row.subject, row.other) for row in pupil.rows]
    row = pupil.expected
    expected = type(row)(row.upn, row.surname, row.forename, row.born, row.sex, dict(row.tests), made=made)
    return FiledPupil(
        made, made.upn, pupil.surname, pupil.forename, pupil.born, pupil.sex, "", rows, expected, is_faulty=True
    )


@seeds("P10", PUPIL_FAULTS)
def unknown_authority(draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """A UPN of an authority that never was, in the file alone."""
    return _unknown(draft, "P10", pupil, upn_with(chance.choice(_NO_AUTHORITY) + pupil.made.upn[4:]))


@seeds("P10", PUPIL_FAULTS)
def unknown_authority_everywhere(draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """A UPN of an authority that never was, in file and register."""
    return _everywhere(draft, "P10", pupil, upn_with(chance.choice(_NO_AUTHORITY) + pupil.made.upn[4:]))
