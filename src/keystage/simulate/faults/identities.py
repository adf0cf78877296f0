"""P: faults in names, dates of birth and sex. The register has them right, so most make C03 too, at the same place."""

from datetime import timedelta
from random import Random

from keystage.simulate.draft import Draft
from keystage.simulate.faults.registry import PUPIL_FAULTS, Expected, seeds
from keystage.simulate.faults.tools import on_pupil
from keystage.simulate.filed import FiledPupil


@seeds("P06", PUPIL_FAULTS)
def no_surname(_draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """No surname, or nothing in it."""
    pupil.surname = chance.choice((None, "", "  "))
    return [on_pupil("P06", pupil, "surname"), on_pupil("C03", pupil, "surname")]


@seeds("P06", PUPIL_FAULTS)
def no_forename(_draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """No forename, or nothing in it."""
    pupil.forename = chance.choice((None, "", " "))
    return [on_pupil("P06", pupil, "forename"), on_pupil("C03", pupil, "forename")]


@seeds("P06", PUPIL_FAULTS)
def no_name(_draft: Draft, pupil: FiledPupil, _chance: Random) -> Expected:
    """No name at all."""
    pupil.surname = pupil.forename = None
    return [on_pupil("P06", pupil, "surname"), on_pupil("C03", pupil, "surname")]


@seeds("P07", PUPIL_FAULTS)
def no_birth_date(_draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """No date of birth, or one that is none, or one to come."""
    born = pupil.made.born
    ways = (None, "", f"{born:%d/%m/%Y}", f"{born:%Y%m%d}", f"{born.year}-02-30", "2099-01-31", "unknown")
    pupil.born = chance.choice(ways)
    return [on_pupil("P07", pupil, "birth_date", pupil.born), on_pupil("C03", pupil, "birth_date", pupil.born)]


@seeds("P08", PUPIL_FAULTS)
def out_of_year(_draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """A pupil who is a year older, or younger, than the others, as the register says too."""
    born = pupil.made.born + timedelta(chance.choice((-366, -366, 366)))
    pupil.born, pupil.expected.born = born.isoformat(), born
    return [on_pupil("P08", pupil, "birth_date", pupil.born)]


@seeds("P08", PUPIL_FAULTS)
def wrong_birth_year(_draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """A date of birth with a mistyped year, in the file alone."""
    pupil.born = f"{pupil.made.born.year + chance.choice((-10, -2, 2))}{pupil.made.born:-%m}-15"
    return [on_pupil("P08", pupil, "birth_date", pupil.born), on_pupil("C03", pupil, "birth_date", pupil.born)]


@seeds("P09", PUPIL_FAULTS)
def no_sex(_draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """No sex, or a code that is none."""
    pupil.sex = chance.choice((None, "", "U", "Male", "X", pupil.made.sex.lower()))
    return [on_pupil("P09", pupil, "sex", pupil.sex), on_pupil("C03", pupil, "sex", pupil.sex)]
