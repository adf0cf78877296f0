"""What is to be done says nothing of a file where there is none."""

from dataclasses import replace

import pytest

from checks.build import YEAR, a_return, pupil
from keystage.checks.catalogue import CATALOGUE, Stage
from keystage.checks.live import FIXES
from keystage.checks.run import run
from keystage.returns.source import NOWHERE

OF_RECORDS = (Stage.PUPILS, Stage.JUDGEMENTS, Stage.COHORT)
ONLY_OF_FILES = {"J10"}


def the_fix(return_):
    return next(each.fix for each in run(return_, year=YEAR).findings if each.code == "J01")


def test_in_the_schools_own_records_nobody_is_told_to_export_again():
    assert the_fix(a_return(pupil(writing=""))) == "Ask the teacher, and enter one of " + _codes() + "."


def test_of_a_file_they_are():
    class Somewhere:
        def place(self, *_at):
            return NOWHERE

    assert "export the file again" in the_fix(replace(a_return(pupil(writing="")), source=Somewhere()))


def _codes():
    *most, last = YEAR.codes("writing")
    return f"{', '.join(most)} or {last}"


@pytest.mark.parametrize("code", FIXES)
def test_each_stands_in_place_of_one_that_speaks_of_a_file_or_of_another_system(code):
    assert "export" in CATALOGUE[code].fix
    assert "export" not in FIXES[code]


def test_no_check_of_records_is_left_that_speaks_of_exporting_again():
    left = {each.code for each in CATALOGUE.values() if each.stage in OF_RECORDS and "export" in each.fix}
    assert left - FIXES.keys() - ONLY_OF_FILES == {"J03", "J11", "J13"}, "J03: no such code can be entered here"
