import pytest

from keystage import years

YEAR = years.load(2026)


def test_the_template_has_nine_columns_in_order():
    assert list(YEAR.headings.written.values()) == [
        *("UPN", "Surname", "Forename", "Date of birth", "Sex"),
        *("Reading TA", "Writing TA", "Maths TA", "Science TA"),
    ]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("UPN", "upn"),
        ("legal surname", "surname"),
        ("Given  name", "forename"),
        ("First name", "forename"),
        ("D.O.B.", "birth_date"),
        ("DATE OF BIRTH", "birth_date"),
        ("Gender", "sex"),
        ("TA_WRI", "writing"),
        ("ta wri", "writing"),
        ("Writing", "writing"),
        ("WRITTAOUTCOME", "writing"),
        ("Science TA", "science"),
        ("House", None),
        ("", None),
    ],
)
def test_a_heading_is_known_whatever_its_case_and_spacing(heading, field):
    assert YEAR.headings.field(heading) == field


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("LEA", "school_lea"),
        ("ESTAB", "school_estab"),
        ("READMRK", "reading.raw"),
        ("GPSPAPER2MRK", "gps.paper2"),
        ("MATARITHMRK", "maths.paper1"),
        ("MATSCORE", "maths.scaled"),
        ("MATOUTCOME", "maths.outcome"),
        ("READTAOUTCOME", "reading.ta"),
        ("SCITAOUTCOME", "science.ta"),
        ("GPSSPECCON", "gps.special"),
    ],
)
def test_the_results_file_has_the_names_of_the_national_pupil_database(heading, field):
    assert YEAR.results_headings.field(heading) == field


def test_the_results_file_is_written_in_the_promised_order():
    assert " ".join(YEAR.results_headings.written.values()) == (
        "LEA ESTAB UPN SURNAME FORENAME DOB SEX READMRK READSCORE READOUTCOME GPSPAPER1MRK GPSPAPER2MRK GPSMRK "
        "GPSSCORE GPSOUTCOME MATARITHMRK MATPAPER2MRK MATPAPER3MRK MATMRK MATSCORE MATOUTCOME READTAOUTCOME "
        "WRITTAOUTCOME MATTAOUTCOME SCITAOUTCOME READSPECCON GPSSPECCON MATSPECCON"
    )


def test_the_layouts_are_assumed():
    layouts = (YEAR.headings, YEAR.results_headings, YEAR.group_headings)
    assert {each.provenance.basis for each in layouts} == {"assumed"}


@pytest.mark.parametrize("year", years.held())
def test_a_heading_for_groups_names_no_other_column_of_the_results_file(year):
    loaded = years.load(year)
    assert not loaded.group_headings.lookup.keys() & loaded.results_headings.lookup.keys()
    assert list(loaded.group_headings.written) == ["disadvantaged", "sen", "first_language"]
