from keystage.checks.catalogue import CATALOGUE
from keystage.checks.run import return_checks  # registers the checks on returns
from keystage.checks.run_results import run_results  # and those on results
from keystage.simulate.codes import CODES

LOADED = (return_checks, run_results)


def test_names_and_severities_are_those_of_the_catalogue():
    never_seeded = {"C05", "S01", "S02"}
    theirs = {code: (check.slug, str(check.severity)) for code, check in CATALOGUE.items() if code not in never_seeded}
    assert {code: tuple(entry) for code, entry in CODES.items()} == theirs
