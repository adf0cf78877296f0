from keystage.simulate import Plan, make_school
from keystage.years import load
from simulate.checking import compare

YEAR = load(2026)


def test_differences_from_the_file_sent_before_are_found_out_exactly():
    plan = Plan(YEAR, seed=2, faults=0.03, previous=True)
    codes = set()
    for index in range(40):
        made = make_school(plan, index)
        assert compare(made, YEAR).difference == {}
        codes |= {entry["code"] for entry in [*made.faults, *made.also]}
    assert {"D01", "D02", "D03", "D04"} <= codes


def test_without_faults_the_same_was_sent_before():
    made = make_school(Plan(YEAR, seed=2, previous=True), 1)
    assert made.file_name.endswith("_002.xml")
    assert made.previous_name.endswith("_001.xml")
    assert [entry["code"] for entry in made.also if entry["code"][0] == "D"] == ["D03"]


def test_a_school_with_another_fault_has_no_earlier_file():
    plan = Plan(YEAR, seed=2, faults=0.5, previous=True)
    for index in range(10):
        made = make_school(plan, index)
        assert bool(made.previous) == all(entry["code"][0] == "D" for entry in made.faults)
