"""The summary of a year: the class of ``summary_seeds``, worked out by hand, on the page and in every file."""

import csv
import re
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from keystage.returns.results import PupilResult, TestResult
from keystage.service.accounts.roles import Role
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.school.models import ReportSettings, SchoolReturn
from keystage.service.school.presenters.summary import page as presented
from keystage.service.school.records import Records
from keystage.service.school.results import row_of
from keystage.service.school.services.hiding import change_hidden_below
from keystage.service.school.summary import Summary, summary_of
from keystage.years.frozen import Frozen
from keystage.years.subjects import Subject, Test
from service.made import MadeSchool
from service.summary_seeds import CLASS, judge, many, of_year, with_results


@pytest.fixture
def year(client: Client, school: MadeSchool) -> MadeSchool:
    """The class of 2025, and somebody who may see it."""
    shown = of_year(school, 2025)
    with_results(shown)
    client.force_login(school.people[Role.DATA_MANAGER])
    return shown


def summed(school: MadeSchool) -> Summary:
    return summary_of(school.school_return, Records.of(school.school_return))


def words(client: Client, school: MadeSchool, address: str = "summary/") -> str:
    """Return what the page says, without its markup and with single spaces."""
    text = client.get(f"{school.base}{address}").content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def figure(school: MadeSchool, key: str, group: str = "all") -> tuple[int | None, int | None]:
    now = summed(school).now
    assert now
    found = now.figures[key, group]
    return found.numerator, found.denominator


def tidy(client: Client, school: MadeSchool) -> list[dict[str, str]]:
    content = client.get(f"{school.base}summary/file/?kind=csv").content.decode()
    return list(csv.DictReader(StringIO(content)))


def sheets(client: Client, school: MadeSchool) -> dict[str, list[list[Any]]]:
    content = client.get(f"{school.base}summary/file/?kind=xlsx").content
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def pdf_pages(client: Client, school: MadeSchool) -> list[str]:
    content = client.get(f"{school.base}summary/file/?kind=pdf").content
    return [" ".join(each.extract_text().split()) for each in PdfReader(BytesIO(content)).pages]


BY_HAND = {
    "rwm.expected": (6, 12),  # Ada, Bea, Cat, Gus, Hal, Leo
    "rwm.higher": (2, 12),  # Ada, Gus
    "reading.expected": (8, 12),
    "reading.higher": (3, 12),  # Ada, Bea, Gus
    "reading.average": (1047, 10),
    "writing.expected": (9, 12),
    "writing.higher": (3, 12),  # Ada, Gus, Hal
    "maths.expected": (8, 12),
    "maths.higher": (2, 12),
    "maths.average": (1042, 10),
    "gps.expected": (8, 12),
    "gps.higher": (2, 12),
    "gps.average": (1036, 10),
    "science.expected": (9, 12),
}


@pytest.mark.parametrize(("key", "expected"), BY_HAND.items())
def test_every_measure_of_the_class_is_as_worked_by_hand(year: MadeSchool, key: str, expected: tuple[int, int]) -> None:
    assert figure(year, key) == expected


def test_the_page_says_figure_what_it_is_of_the_country_and_the_difference(client: Client, year: MadeSchool) -> None:
    said = words(client, year)
    rwm = "in the reading test, the maths test and writing, of all pupils who count in each of the three."
    assert f"{rwm} 50% 6 of 12 pupils 62% 12 points below" in said
    assert "divided by the number of pupils who have one. 104.7 1,047 points of 10 pupils 106 1.3 points below" in said
    assert "75% 9 of 12 pupils 72% 3 points above" in said  # writing


def test_a_difference_is_worked_out_before_rounding(client: Client, year: MadeSchool) -> None:
    # Two of twelve are 16.67%, 8.67 points above the country's 8; three of twelve are 8 below its 33.
    said = words(client, year)
    assert "17% 2 of 12 pupils 8% 9 points above" in said
    assert "25% 3 of 12 pupils 33% 8 points below" in said


def test_the_page_says_which_results_which_country_and_what_one_pupil_is(client: Client, year: MadeSchool) -> None:
    said = words(client, year)
    assert "First results, from the file results.csv, accepted on" in said
    assert "England 2025: July headline, read on a page that copies the official one (Schools Week" in said
    assert "Of 12 pupils, one pupil is 8.3 percentage points." in said


def test_who_was_not_assessed_is_said_of_each_subject(client: Client, year: MadeSchool) -> None:
    said = words(client, year)
    assert "Reading 12 2 0 0" in said  # Fay was absent, Jim is below the test
    assert "Writing 12 0 0 0" in said


def test_teacher_assessment_of_the_results_comes_before_what_was_sent(year: MadeSchool) -> None:
    judge(year.pupils["Leo"], {Subject.WRITING: "WTS"}, year)  # EXS came back
    assert figure(year, "writing.expected") == (9, 12)


def test_revised_results_take_the_place_of_the_first(client: Client, year: MadeSchool) -> None:
    changed = tuple((*line[:2], 100, *line[3:]) if line[0] == "Eve" else line for line in CLASS)
    with_results(year, changed, name="revised.csv")
    assert figure(year, "reading.expected") == (9, 12)
    assert "Revised results (number 2), from the file revised.csv" in words(client, year)


# -- groups and hiding -------------------------------------------------------------------------------------------------


def test_groups_are_as_worked_by_hand(client: Client, year: MadeSchool) -> None:
    assert figure(year, "rwm.expected", "sex:F") == (3, 6)  # Ada, Bea, Cat
    assert figure(year, "reading.expected", "sex:M") == (4, 6)  # Gus, Hal, Ken, Leo
    assert "Girls 6 50% 3 of 6 67% 4 of 6" in words(client, year)


HIDDEN = ("disadvantage:yes", "disadvantage:no")
"""Five disadvantaged pupils, and seven from whom their figures could be worked out."""


def test_five_pupils_are_hidden_and_the_seven_beside_them(client: Client, year: MadeSchool) -> None:
    said = words(client, year)
    assert "Disadvantaged hidden hidden" in said
    assert "Not disadvantaged hidden hidden" in said


def test_a_hidden_figure_is_nowhere_on_the_page(client: Client, year: MadeSchool) -> None:
    text = client.get(f"{year.base}summary/").content.decode()
    # Reading: Dot and Ken of five, which is 40%, and six of seven, which is 86%.
    for each in ("2 of 5", "6 of 7", "40%", "86%"):
        assert each not in text
    assert "4 of 6" in text  # what is not hidden is found in this way


def test_a_hidden_figure_is_nowhere_in_the_table_for_programs(client: Client, year: MadeSchool) -> None:
    rows = tidy(client, year)
    hidden = [row for row in rows if row["group"] in HIDDEN]
    assert len(hidden) == 28
    assert all(
        (row["numerator"], row["denominator"], row["value"], row["hidden"]) == ("", "", "", "yes") for row in hidden
    )
    shown = next(row for row in rows if row["measure"] == "reading.expected" and row["group"] == "sex:M")
    assert (shown["numerator"], shown["denominator"], shown["value"], shown["hidden"]) == ("4", "6", "67", "no")


def test_a_hidden_figure_is_nowhere_in_the_workbook(client: Client, year: MadeSchool) -> None:
    rows = [row for row in sheets(client, year)["Groups"] if row[1] == "Disadvantage"]
    assert len(rows) == 28
    assert {(row[4], row[6], row[7]) for row in rows} == {("hidden", "", "")}


def test_of_one_pupil_nothing_is_said_anywhere(client: Client, school: MadeSchool) -> None:
    with_results(school, CLASS[:1])
    client.force_login(school.people[Role.HEAD])
    said = words(client, school)
    assert "hidden fewer than 6 pupils" in said
    for each in ("112", "100%", "1 of 1"):
        assert each not in said
        assert each not in " ".join(pdf_pages(client, school)).replace("Page 1 of 1", "")
    assert {row["value"] for row in tidy(client, school)} == {""}
    assert {row[2] for row in sheets(client, school)["Measures"][1:]} == {"hidden"}


def test_the_limit_is_a_setting_of_the_school(client: Client, year: MadeSchool) -> None:
    response = client.post(f"{year.base}summary/small-numbers/", {"hidden_below": "5"}, follow=True)
    assert "The number is saved." in response.content.decode()
    assert "Disadvantaged 5 0% 0 of 5" in words(client, year)  # nobody of Dot, Eve, Fay, Jim and Ken has all three
    event = Event.objects.get(kind=Kind.SETTINGS_CHANGED)
    assert event.data["changes"] == {"hidden_below": [6, 5]}


@pytest.mark.parametrize("value", ["", "2", "51", "six", "-1"])
def test_a_limit_that_hides_too_little_or_is_none_is_refused(client: Client, year: MadeSchool, value: str) -> None:
    response = client.post(f"{year.base}summary/small-numbers/", {"hidden_below": value})
    assert "There is a problem" in response.content.decode()
    assert not ReportSettings.objects.exists()


def test_the_same_limit_is_no_change(year: MadeSchool) -> None:
    assert not change_hidden_below(year.school_return, 6, by=year.people[Role.HEAD])
    assert not Event.objects.filter(kind=Kind.SETTINGS_CHANGED).exists()


def test_a_teacher_sees_the_summary_and_cannot_change_the_limit(client: Client, year: MadeSchool) -> None:
    client.force_login(year.people[Role.TEACHER])
    assert "Change this" not in words(client, year)
    assert client.post(f"{year.base}summary/small-numbers/", {"hidden_below": "3"}).status_code == 403


# -- years -------------------------------------------------------------------------------------------------------------


def test_years_that_are_held_stand_beside_this_one_and_no_later_one(client: Client, year: MadeSchool) -> None:
    with_results(of_year(year, 2023), CLASS[:8])
    with_results(MadeSchool(year.organisation, _of(year, 2026), year.people))
    found = presented(summed(year))
    assert found
    assert found.years
    assert found.years.labels == ("2023", "2025")
    cells = {measure.key: cells for measure, cells in found.years.rows}
    # Of the first eight: Ada, Bea, Cat, Gus and Hal.
    assert [(each.value, each.country) for each in cells["rwm.expected"]] == [
        ("63%", "England 60%"),
        ("50%", "England 62%"),
    ]


def test_a_year_that_is_not_held_is_a_gap(year: MadeSchool) -> None:
    with_results(of_year(year, 2023), CLASS[:8])
    found = presented(summed(year))
    assert found
    assert found.years
    chart = found.years.charts[0].chart
    assert [(each.label, each.missing) for each in chart.columns] == [("2023", ""), ("2024", "not held"), ("2025", "")]
    school, england = chart.series
    assert len(school.points) == 2
    assert school.lines == ()
    assert len(england.lines) == 2


def test_results_that_were_undone_do_not_count(client: Client, year: MadeSchool) -> None:
    load = year.school_return.results_loads.get()
    load.undone_at = load.accepted_at
    load.save()
    assert "Provisional" in words(client, year) or "nothing to sum up" in words(client, year)
    assert "First results" not in words(client, year)


def test_results_are_revised_where_others_counted_before_and_were_not_undone(year: MadeSchool) -> None:
    first = year.school_return.results_loads.get()
    with_results(year, name="again.csv")
    assert _source(year).startswith("Revised results (number 2), from the file again.csv")
    first.undone_at = first.accepted_at
    first.save()
    assert _source(year).startswith("First results, from the file again.csv"), "the others were brought in by mistake"


def _source(year: MadeSchool) -> str:
    found = presented(summed(year))
    assert found
    return found.source


# -- before results, and odd classes -----------------------------------------------------------------------------------


def test_before_results_writing_and_science_are_provisional(client: Client, school: MadeSchool) -> None:
    for line in CLASS:
        judge(
            school.pupil(line[0], "Example", sex=line[1]), {Subject.WRITING: line[5], Subject.SCIENCE: line[6]}, school
        )
    client.force_login(school.people[Role.HEAD])
    said = words(client, school)
    assert "Provisional No results have been imported yet." in said
    assert "75% 9 of 12 pupils" in said
    assert "Reading, writing and maths" not in said
    assert {(row["measure"].split(".")[0], row["status"]) for row in tidy(client, school)} == {
        ("writing", "provisional teacher assessment"),
        ("science", "provisional teacher assessment"),
    }
    assert "Provisional: the school’s own judgements" in pdf_pages(client, school)[0]


def test_with_nothing_the_page_says_what_it_waits_for(client: Client, school: MadeSchool) -> None:
    client.force_login(school.people[Role.HEAD])
    assert "There is nothing to sum up yet" in words(client, school)
    for kind in ("pdf", "xlsx", "csv"):
        response = client.get(f"{school.base}summary/file/?kind={kind}")
        assert response.url == f"{school.base}summary/"  # type: ignore[attr-defined]


def test_a_class_that_was_absent_has_no_average_and_nobody_at_the_standard(client: Client, school: MadeSchool) -> None:
    with_results(school, tuple((line[0], line[1], "A", "A", "A", "A", "A", False) for line in CLASS))
    client.force_login(school.people[Role.HEAD])
    said = words(client, school)
    assert "0% 0 of 12 pupils" in said
    assert "divided by the number of pupils who have one. no pupils" in said
    assert "Writing 12 12 0 0" in said
    assert len(pdf_pages(client, school)) == 1


def test_whoever_left_is_left_out_and_whose_code_is_not_known_is_said(client: Client, year: MadeSchool) -> None:
    lines = tuple((*line[:2], {"Fay": "L", "Jim": "P"}.get(line[0], line[2]), *line[3:]) for line in CLASS)
    with_results(year, lines)
    assert figure(year, "reading.expected") == (8, 10)
    assert "Reading 10 0 1 1" in words(client, year)


def test_whoever_is_not_on_the_roll_counts_in_no_known_group_but_their_sex(client: Client, year: MadeSchool) -> None:
    load = year.school_return.results_loads.get()
    tests = Frozen({Test.READING: TestResult(scaled=120, outcome="AS")})
    row_of(PupilResult("", "Nobody", "Nia", None, "", "F", tests=tests), load, 99, None, "").save()
    assert figure(year, "reading.expected") == (9, 13)
    assert "1 pupil of the results is not on the school’s roll" in words(client, year)


def test_a_pupil_of_the_return_without_a_result_is_said(client: Client, year: MadeSchool) -> None:
    year.pupil("Zoe", "Example")
    assert "1 pupil of the return is not in the results, and counted nowhere here." in words(client, year)
    assert figure(year, "writing.expected") == (9, 12)


def test_what_the_file_does_not_say_of_a_birthday_the_roll_says(year: MadeSchool) -> None:
    assert figure(year, "reading.expected", "term:spring") == (8, 12)  # the roll's birthdays are in March


# -- files -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["pdf", "xlsx", "csv"])
def test_a_file_is_handed_out_and_written_down(client: Client, year: MadeSchool, kind: str) -> None:
    response = client.get(f"{year.base}summary/file/?kind={kind}")
    assert response["Content-Disposition"] == f'attachment; filename="9992001-summary-2025.{kind}"'
    assert Event.objects.get(kind=Kind.DOWNLOADED).data["name"] == f"9992001-summary-2025.{kind}"


@pytest.mark.parametrize("query", ["", "?kind=", "?kind=exe", "?kind=PDF"])
def test_another_sort_of_file_there_is_not(client: Client, year: MadeSchool, query: str) -> None:
    assert client.get(f"{year.base}summary/file/{query}").status_code == 404


def test_the_table_for_programs_has_a_row_for_each_measure_group_and_year(client: Client, year: MadeSchool) -> None:
    with_results(of_year(year, 2024), CLASS)
    rows = tidy(client, year)
    assert list(rows[0]) == [
        *("collection_year", "school_number", "measure", "group", "numerator", "denominator", "value", "unit"),
        *("hidden", "rule", "status"),
    ]
    of_all = [row for row in rows if row["group"] == "all"]
    assert len(of_all) == 28
    assert len({(row["collection_year"], row["measure"], row["group"]) for row in rows}) == len(rows)
    average = next(row for row in of_all if row["measure"] == "reading.average" and row["collection_year"] == "2025")
    assert (average["numerator"], average["denominator"], average["value"]) == ("1047", "10", "104.7")
    assert average["unit"] == "scaled score"


def test_the_workbook_holds_measures_groups_and_definitions(client: Client, year: MadeSchool) -> None:
    found = sheets(client, year)
    assert list(found) == ["Measures", "Groups", "Definitions"]
    first = found["Measures"][1]
    assert first[:8] == [2025, "Reading, writing and maths: expected standard", 50, "percent", 6, 12, 62, -12]
    rules = {row[0]: row[1] for row in found["Definitions"]}
    assert rules["Reading: average scaled score"].startswith("The sum of the scaled scores")


def test_a_school_named_like_a_formula_stays_a_text(client: Client, year: MadeSchool) -> None:
    year.organisation.name = '=HYPERLINK("http://x")'
    year.organisation.save()
    rows = {row[0]: row[1] for row in sheets(client, year)["Definitions"]}
    assert rows["School"] == '=HYPERLINK("http://x"), 9992001'


def test_the_paper_is_one_page_with_every_figure_and_its_rule(client: Client, year: MadeSchool) -> None:
    (said,) = pdf_pages(client, year)
    assert "Of 12 pupils, one pupil is 8.3 percentage points." in said
    assert "50% 6 of 12 62% 12 below Pupils who reach the expected standard in the reading test" in said
    assert "England 2025: July headline" in said
    assert "Keystage has not been tried against the real national portal." in said


def test_the_paper_stays_one_page_with_all_it_can_have_on_it(client: Client, year: MadeSchool) -> None:
    year.organisation.name = "Saint Bartholomew and All Saints Voluntary Aided Church of England Junior School " * 2
    year.organisation.save()
    for earlier in (2024, 2023, 2022):
        with_results(of_year(year, earlier), many(240))
    with_results(year, many(240), name="results " * 20 + ".csv")
    load = year.school_return.results_loads.get(serial=2)
    row_of(PupilResult("", "Nobody", "Nia", None, "", "F"), load, 999, None, "").save()
    year.pupil("Zoe", "Example")
    assert len(pdf_pages(client, year)) == 1


def test_made_up_figures_are_marked_on_paper_and_in_the_name(client: Client, year: MadeSchool) -> None:
    year.organisation.is_practice = True
    year.organisation.save()
    response = client.get(f"{year.base}summary/file/?kind=pdf")
    assert 'filename="practice-9992001' in response["Content-Disposition"]
    assert "PRACTICE – made-up data" in pdf_pages(client, year)[0]


@pytest.mark.parametrize("pupils", [6, 240])
def test_the_summary_takes_the_same_few_queries_however_many_pupils(
    year: MadeSchool, django_assert_num_queries: Any, pupils: int
) -> None:
    with_results(of_year(year, 2024), many(pupils))
    school_return = SchoolReturn.objects.select_related("organisation").get(pk=year.school_return.pk)
    records = Records.of(school_return)
    assert records.lines is not None
    with django_assert_num_queries(5):
        summary_of(school_return, records)


def _of(school: MadeSchool, year: int) -> SchoolReturn:
    return SchoolReturn.objects.get(organisation=school.organisation, year=year)
