"""Results that come home: looked at beside the records, accepted as a whole, undone as a whole."""

import pytest
from django.test import Client

from keystage.service.accounts.roles import Role
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.school import results
from keystage.service.school.models import IssuedReport, ResultsLoad, Stage
from keystage.service.school.services.judgements import Change, save
from keystage.service.school.services.pupils import remove
from keystage.service.school.services.returns import move
from keystage.years.subjects import Subject, Test
from service.made import MadeSchool, upn
from service.school.pupil_pages import bring_in, csv, get, many, post, value_of
from service.school.results.result_files import ADDRESS, GOOD, HEAD, a_class, ctf_of, file, row


def accept(client: Client, school: MadeSchool, address: str, **ticked: str) -> ResultsLoad | None:
    """Accept a file as its page stands, and return the results in force."""
    page = get(client, school, address)
    path, _, query = address.partition("?")
    said = dict(each.split("=") for each in query.split("&") if each)
    post(client, school, path, {"seen": value_of(page, "seen"), **said, **ticked})
    return results.in_force(school.school_return)


def typed(school: MadeSchool, forename: str, subject: Subject, code: str) -> None:
    change = Change(school.pupils[forename].key, subject, code, 0)
    assert save(school.school_return, [change], by=school.people[Role.TEACHER]).saved


def count(page: str, words: str) -> int:
    """Return a figure of the page's table of numbers."""
    _, _, after = page.partition(f'<dt class="govuk-summary-list__key">{words}</dt>')
    assert after, f"{words} is not on the page"
    value = after.partition("</dd>")[0].partition("govuk-summary-list__value")[2]
    digits = "".join(each for each in value.partition(">")[2].partition("<span")[0] if each.isdigit())
    return int(digits)


def numbers(page: str) -> list[int]:
    """Return expected, received, known, unknown, missing, and TA that differs."""
    words = (
        "Pupils expected to have results", "Pupils in the file", "Known here", "In the file, and not known here",
        "Expected here, and not in the file", "Teacher assessments that came back different",
    )  # fmt: skip
    return [count(page, each) for each in words]


def test_a_dry_run_writes_nothing_and_then_the_whole_file_is_accepted(client: Client, school: MadeSchool) -> None:
    a_class(school)
    address = bring_in(client, school, ADDRESS, file(row(1, "Ada"), row(2, "Ben"), row(3, "Cem")), "results.csv")
    assert numbers(get(client, school, address)) == [3, 3, 3, 0, 0, 6]
    assert not ResultsLoad.objects.exists()
    load = accept(client, school, address)
    assert load is not None
    ada = results.result_of(load, school.pupils["Ada"])
    assert ada is not None
    assert (ada.tests[Test.READING].scaled, ada.tests[Test.MATHS].raw, ada.ta[Subject.WRITING]) == (100, 56, "EXS")
    event = Event.objects.get(kind=Kind.RESULTS_IMPORTED)
    assert (event.target, event.data["counts"]["matched"]) == (load.key, 3)


def test_a_pupil_nobody_knows_and_one_who_is_missing_are_counted_and_named(client: Client, school: MadeSchool) -> None:
    a_class(school)
    stranger = ("999", "2001", "B999200110098", "Unknown", "Zoe", "2014-12-24", "F", *GOOD, "EXS", "EXS")
    page = get(client, school, bring_in(client, school, ADDRESS, file(row(1, "Ada"), row(2, "Ben"), stranger)))
    assert numbers(page)[:5] == [3, 3, 2, 1, 1]
    assert "Nobody here has this UPN" in page
    assert "Example, Cem" in page.partition('id="missing"')[2].partition("</table>")[0]


def test_nobody_is_matched_on_a_name_alone(client: Client, school: MadeSchool) -> None:
    a_class(school)
    namesake = ("999", "2001", "B999200110098", "Example", "Ada", "2014-12-24", "F", *GOOD, "", "")
    page = get(client, school, bring_in(client, school, ADDRESS, file(namesake)))
    assert numbers(page)[2:4] == [0, 1]
    assert "nobody is matched on a name alone" in page
    assert "The same child" not in page


def test_a_likely_pupil_is_proposed_and_a_person_says_that_it_is_the_same(client: Client, school: MadeSchool) -> None:
    a_class(school)
    married = row(1, "Ada", surname="Exampel", number="B999200110098")
    address = bring_in(client, school, ADDRESS, file(married, row(2, "Ben"), row(3, "Cem")))
    page = get(client, school, address)
    assert numbers(page)[2:5] == [2, 1, 1]
    ada = school.pupils["Ada"]
    assert f'name="who-1" value="{ada.key}"' in page
    confirmed = f"{address}?who-1={ada.key}"
    assert numbers(get(client, school, confirmed))[2:5] == [3, 0, 0]
    load = accept(client, school, confirmed)
    assert load is not None
    assert load.rows.get(pupil=ada).matched_by == "confirmed by a person"
    assert load.rows.get(pupil=ada).surname == "Exampel"
    assert Event.objects.get(kind=Kind.RESULTS_IMPORTED).data["confirmed"] == [ada.key]


def test_results_in_force_are_shown_with_the_answers_they_were_accepted_with(
    client: Client, school: MadeSchool
) -> None:
    a_class(school)
    address = bring_in(client, school, ADDRESS, file(row(1, "Ada", surname="Exampel", number="B999200110098")))
    accept(client, school, f"{address}?who-1={school.pupils['Ada'].key}")
    for asked in ("", "?who-1=none"):
        page = get(client, school, f"{address}{asked}")
        assert numbers(page)[2:5] == [1, 0, 2]
        assert "A person said that it is the same child." in page
        assert "undo the import" in page
        assert 'type="radio"' not in page


def test_revised_results_take_over_who_a_person_said_a_child_is_unless_that_is_said_otherwise(
    client: Client, school: MadeSchool
) -> None:
    a_class(school)
    strange = row(1, "Ada", surname="Exampel", number="B999200110098")
    accept(client, school, f"{bring_in(client, school, ADDRESS, file(strange))}?who-1={school.pupils['Ada'].key}")
    revised = bring_in(client, school, ADDRESS, file(row(2, "Ben"), strange))
    assert numbers(get(client, school, revised))[2:4] == [2, 0]
    assert numbers(get(client, school, f"{revised}?who-2=none"))[2:4] == [1, 1]
    ada = school.pupils["Ada"]
    assert f'<input type="hidden" name="who-2" value="{ada.key}">' in get(client, school, revised)
    load = accept(client, school, revised, **{"who-2": ada.key})
    assert load is not None
    assert load.rows.get(place=2).pupil == ada
    other = row(1, "Ada", surname="Exampell", number="B999200110098")
    assert numbers(get(client, school, bring_in(client, school, ADDRESS, file(other))))[2:4] == [0, 1]


def test_a_result_that_was_left_without_a_pupil_is_shown_so_when_it_is_in_force(
    client: Client, school: MadeSchool
) -> None:
    a_class(school)
    address = bring_in(client, school, ADDRESS, file(row(1, "Ada", number="B999200110098")))
    assert numbers(get(client, school, address))[2:4] == [1, 0]
    accept(client, school, f"{address}?who-1=none")
    assert numbers(get(client, school, address))[2:4] == [0, 1]


def test_everybody_in_the_file_is_shown_in_the_order_of_names(client: Client, school: MadeSchool) -> None:
    a_class(school)
    lines = (row(3, "Cem"), row(1, "Ada", surname="Ünal"), row(2, "Ben", surname="Zed"))
    page = get(client, school, bring_in(client, school, ADDRESS, file(*lines))).partition('id="everybody"')[2]
    found = [page.index(school.pupils[each].upn) for each in ("Ada", "Ben", "Cem")]
    assert found == sorted(found)


def test_a_result_may_be_left_without_a_pupil_on_purpose(client: Client, school: MadeSchool) -> None:
    a_class(school)
    address = bring_in(client, school, ADDRESS, file(row(1, "Ada", surname="Exampel", number="B999200110098")))
    page = get(client, school, f"{address}?who-1=none")
    assert "Not answered" not in page
    load = accept(client, school, f"{address}?who-1=none")
    assert load is not None
    assert [(each.pupil, each.forename) for each in load.rows.all()] == [(None, "Ada")]


def test_one_known_by_name_and_birth_date_alone_may_be_said_to_be_another(client: Client, school: MadeSchool) -> None:
    a_class(school)
    address = bring_in(client, school, ADDRESS, file(row(1, "Ada", number="B999200110098")))
    page = get(client, school, address)
    assert numbers(page)[2:4] == [1, 0]
    assert "Name and date of birth are the same" in page
    assert numbers(get(client, school, f"{address}?who-1=none"))[2:4] == [0, 1]


def test_nobody_gets_two_results_whatever_an_address_says(client: Client, school: MadeSchool) -> None:
    a_class(school)
    key = school.pupils["Ada"].key
    rows = (row(1, "Ada"), row(2, "Benn", surname="Exampel", number="B999200110098"))
    address = bring_in(client, school, ADDRESS, file(*rows))
    page = get(client, school, f"{address}?who-2={key}&who-x=1&who-99={key}")
    assert numbers(page)[2:4] == [1, 1]


def test_a_upn_that_stands_twice_is_nobody_s(client: Client, school: MadeSchool) -> None:
    a_class(school)
    other = ("26", "101", *GOOD[2:], "EXS", "EXS")
    page = get(client, school, bring_in(client, school, ADDRESS, file(row(1, "Ada"), row(1, "Ada", *other))))
    assert numbers(page)[1:4] == [2, 0, 2]
    assert "stands in the file more than once" in page


def test_rows_that_say_the_same_to_the_letter_are_one_pupil(client: Client, school: MadeSchool) -> None:
    a_class(school)
    page = get(client, school, bring_in(client, school, ADDRESS, file(row(1, "Ada"), row(1, "Ada"))))
    assert numbers(page)[1:4] == [1, 1, 0]
    assert "1 pupil stands in the file again with the same entries" in page


def test_a_result_of_one_who_was_taken_off_the_roll_is_kept_with_the_pupil(client: Client, school: MadeSchool) -> None:
    a_class(school)
    cem = school.pupils["Cem"]
    remove(school.school_return, cem.key, "Put on by mistake", by=school.people[Role.DATA_MANAGER])
    address = bring_in(client, school, ADDRESS, file(row(3, "Cem")))
    page = get(client, school, address)
    assert "Put on by mistake" in page
    load = accept(client, school, address)
    assert load is not None
    assert results.result_of(load, cem) is not None


def test_one_on_the_register_alone_is_said_to_be_there(client: Client, school: MadeSchool) -> None:
    a_class(school)
    school.pupils["Cem"].delete()
    page = get(client, school, bring_in(client, school, ADDRESS, file(row(3, "Cem"))))
    assert "on the register, but not on the roll" in page


def test_a_teacher_assessment_that_came_back_otherwise_is_told_by_pupil_and_subject(
    client: Client, school: MadeSchool
) -> None:
    a_class(school)
    for forename in ("Ada", "Ben", "Cem"):
        typed(school, forename, Subject.WRITING, "EXS")
        typed(school, forename, Subject.SCIENCE, "EXS")
    changed = row(2, "Ben", *GOOD, "GDS", "EXS")
    page = get(client, school, bring_in(client, school, ADDRESS, file(row(1, "Ada"), changed, row(3, "Cem"))))
    assert numbers(page)[5] == 1
    told = page.partition('id="ta"')[2].partition("</table>")[0]
    assert "Example, Ben" in told
    assert "Writing" in told
    assert "the judgements as they stand here now" in page


def test_a_file_without_teacher_assessments_is_compared_with_nothing(client: Client, school: MadeSchool) -> None:
    a_class(school)
    typed(school, "Ada", Subject.WRITING, "EXS")
    page = get(client, school, bring_in(client, school, ADDRESS, file(row(1, "Ada", *GOOD, "", ""))))
    assert numbers(page)[5] == 0
    assert "The file holds no teacher assessments" in page


def test_errors_stop_nothing_but_must_be_ticked_as_seen(client: Client, school: MadeSchool) -> None:
    a_class(school)
    address = bring_in(client, school, ADDRESS, file(row(1, "Ada", "25", "130", *GOOD[2:], "", "")))
    page = get(client, school, address)
    assert count(page, "Errors") == 1
    assert "I have seen the 1 error" in page
    assert accept(client, school, address) is None
    assert "Tick that you have seen the 1 error" in get(client, school, address)
    load = accept(client, school, address, errors="seen")
    assert load is not None
    assert load.said["errors"] == 1


def test_a_score_against_the_table_of_the_year_is_a_query_by_pupil(client: Client, school: MadeSchool) -> None:
    a_class(school)
    page = get(client, school, bring_in(client, school, ADDRESS, file(row(1, "Ada", "25", "101", *GOOD[2:], "", ""))))
    assert "Mark and score do not go together" in page
    assert count(page, "Errors") == 0


def test_what_was_not_seen_is_not_accepted(client: Client, school: MadeSchool) -> None:
    a_class(school)
    address = bring_in(client, school, ADDRESS, file(row(1, "Ada"), row(2, "Ben"), row(3, "Cem")))
    seen = value_of(get(client, school, address), "seen")
    typed(school, "Ada", Subject.WRITING, "WTS")
    post(client, school, address, {"seen": seen})
    assert results.in_force(school.school_return) is None
    assert "was changed after this page was shown" in get(client, school, address)


def test_two_people_who_accept_at_once_accept_once(client: Client, school: MadeSchool) -> None:
    a_class(school)
    one, two = (bring_in(client, school, ADDRESS, file(row(1, "Ada")), name) for name in ("one.csv", "two.csv"))
    seen = [value_of(get(client, school, address), "seen") for address in (one, two)]
    post(client, school, one, {"seen": seen[0]})
    post(client, school, two, {"seen": seen[1]})
    post(client, school, one, {"seen": seen[0]})
    assert [each.incoming.file.name for each in ResultsLoad.objects.all()] == ["one.csv"]


def test_results_come_into_a_year_that_is_closed_and_the_return_stays_as_it_is(
    client: Client, school: MadeSchool
) -> None:
    a_class(school)
    move(school.school_return, Stage.CLOSED, by=school.people[Role.DATA_MANAGER])
    version = school.school_return.version
    address = bring_in(client, school, ADDRESS, file(row(1, "Ada")))
    assert accept(client, school, address) is not None
    school.school_return.refresh_from_db()
    assert (school.school_return.version, school.school_return.stage) == (version, Stage.CLOSED)


def test_undoing_brings_back_the_results_before(client: Client, school: MadeSchool) -> None:
    a_class(school)
    first = accept(client, school, bring_in(client, school, ADDRESS, file(row(1, "Ada"))))
    revised = file(row(1, "Ada", "26", "101", *GOOD[2:], "EXS", "EXS"))
    second = accept(client, school, bring_in(client, school, ADDRESS, revised))
    assert first
    assert second
    post(client, school, f"results/{first.key}/undo/", {"reason": "The wrong one"})
    assert results.in_force(school.school_return) == second
    post(client, school, f"results/{second.key}/undo/", {"reason": "The wrong file"})
    assert results.in_force(school.school_return) == first
    page = get(client, school, "results/")
    assert "The wrong file" in page
    assert Event.objects.get(kind=Kind.RESULTS_UNDONE).data["reason"] == "The wrong file"
    post(client, school, f"results/{second.key}/undo/", {"reason": "Again"})
    assert results.in_force(school.school_return) == first


def test_undoing_needs_a_reason(client: Client, school: MadeSchool) -> None:
    a_class(school)
    load = accept(client, school, bring_in(client, school, ADDRESS, file(row(1, "Ada"))))
    assert load
    assert "Say why" in post(client, school, f"results/{load.key}/undo/", {"reason": " "}, status=200).content.decode()
    assert results.in_force(school.school_return) == load


def test_a_file_of_another_school_is_accepted_only_where_that_is_ticked(client: Client, school: MadeSchool) -> None:
    a_class(school)
    other = ("999", "2002", *row(1, "Ada")[2:])
    address = bring_in(client, school, ADDRESS, file(other))
    assert "The file is of the school 9992002" in get(client, school, address)
    assert accept(client, school, address) is None
    assert accept(client, school, address, other_school="yes") is not None


def test_of_a_file_of_many_schools_only_this_one_is_read(client: Client, school: MadeSchool) -> None:
    a_class(school)
    others = (("999", "2002", *row(2, "Ben")[2:]), ("999", "2003", *row(3, "Cem")[2:]))
    page = get(client, school, bring_in(client, school, ADDRESS, file(row(1, "Ada"), *others)))
    assert numbers(page)[1:3] == [1, 1]
    assert "2 pupils of 2 other schools. Nothing of them is read" in page


def test_a_file_of_several_schools_and_not_this_one_is_refused(client: Client, school: MadeSchool) -> None:
    a_class(school)
    others = (("999", "2002", *row(2, "Ben")[2:]), ("999", "2003", *row(3, "Cem")[2:]))
    page = get(client, school, bring_in(client, school, ADDRESS, file(*others)), status=422)
    assert "The file has the results of 2 schools, and this school is not one of them" in page


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (csv(HEAD), "There are no pupils in the file"),
        (file(row(1, "Ada", *[""] * 9, "EXS", "EXS")), "There are no results of the key stage 2 tests in the file"),
        (csv(("UPN", "Surname", "Class", "Year"), (upn(1), "Example", "Oak", "6")), "looks like a roll of pupils"),
        (csv(("UPN", "Surname", "Forename", "Writing TA"), (upn(1), "E", "A", "EXS")), "a sheet of teacher assess"),
        (b"<html>not results</html>", "cannot be used"),
        (b"\x00\x01\x02", "cannot be used"),
        (file(row(1, "A" * 200)), "There is room for 150"),
    ],
)
def test_what_holds_no_results_is_refused_with_a_reason(
    client: Client, school: MadeSchool, content: bytes, says: str
) -> None:
    a_class(school)
    assert says in get(client, school, bring_in(client, school, ADDRESS, content), status=422)


def test_other_places_say_where_results_are_brought_in(client: Client, school: MadeSchool) -> None:
    a_class(school)
    for place in ("pupils/import/roll/", "pupils/import/register/", "pupils/import/"):
        page = get(client, school, bring_in(client, school, place, file(row(1, "Ada"))), status=422)
        assert "Import results" in page


def test_a_school_with_nobody_on_the_roll_is_told_so_and_nothing_breaks(client: Client, school: MadeSchool) -> None:
    page = get(client, school, bring_in(client, school, ADDRESS, file(row(1, "Ada"))))
    assert numbers(page)[:5] == [0, 1, 0, 1, 0]


def test_the_page_asks_the_database_as_often_for_240_pupils_as_for_three(
    client: Client, school: MadeSchool, django_assert_max_num_queries: object
) -> None:
    many(school, 240)
    rows = [
        ("999", "2001", upn(each), "Example", f"Pupil{each}", "", "F", *GOOD, "EXS", "EXS") for each in range(1, 241)
    ]
    address = bring_in(client, school, ADDRESS, file(*rows))
    client.force_login(school.people[Role.DATA_MANAGER])
    with django_assert_max_num_queries(25):  # type: ignore[operator]
        page = client.get(address).content.decode()
    assert numbers(page)[:4] == [240, 240, 240, 0]
    assert accept(client, school, address) is not None
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        assert client.get(f"{school.base}results/").status_code == 200


def test_a_common_transfer_file_is_read_with_its_teacher_assessments(client: Client, school: MadeSchool) -> None:
    a_class(school)
    typed(school, "Ada", Subject.WRITING, "GDS")
    address = bring_in(client, school, ADDRESS, ctf_of(file(row(1, "Ada", *GOOD, "EXS", ""))), "9992001_KS2.xml")
    page = get(client, school, address)
    assert numbers(page) == [3, 1, 1, 0, 2, 1]
    load = accept(client, school, address)
    assert load is not None
    ada = results.result_of(load, school.pupils["Ada"])
    assert ada is not None
    assert (ada.tests[Test.GPS].raw, ada.tests[Test.GPS].outcome, ada.school) == (34, "AS", "9992001")


def test_a_common_transfer_file_of_another_year_is_refused(client: Client, school: MadeSchool) -> None:
    a_class(school)
    content = ctf_of(file(row(1, "Ada", *GOOD, "EXS", "")), year=2025)
    page = get(client, school, bring_in(client, school, ADDRESS, content, "old.xml"), status=422)
    assert "The file is of 2025, and this is the year 2026" in page


def test_a_common_transfer_file_without_results_is_refused(client: Client, school: MadeSchool) -> None:
    a_class(school)
    content = ctf_of(file(row(1, "Ada", *[""] * 9, "EXS", "")))
    page = get(client, school, bring_in(client, school, ADDRESS, content, "ta.xml"), status=422)
    assert "There are no results of the key stage 2 tests in the file" in page


def test_marks_that_are_no_numbers_are_kept_as_they_came(client: Client, school: MadeSchool) -> None:
    a_class(school)
    content = file(row(1, "Ada", "twenty", "10O", "AS", *GOOD[3:], "", ""))
    load = accept(client, school, bring_in(client, school, ADDRESS, content), errors="seen")
    assert load is not None
    ada = results.result_of(load, school.pupils["Ada"])
    assert ada is not None
    assert (ada.tests[Test.READING].raw, ada.tests[Test.READING].raw_text) == (None, "twenty")
    answer = client.get(f"{school.base}results/{load.key}/results.csv")
    assert b"twenty,10O,AS" in answer.content


def test_revised_results_say_what_changed_and_whose_report_is_to_be_issued_again(
    client: Client, school: MadeSchool
) -> None:
    a_class(school)
    first = accept(client, school, bring_in(client, school, ADDRESS, file(row(1, "Ada"), row(2, "Ben"))))
    assert first
    issue(school, first, "Ada", "Ben", "Cem")
    revised = file(row(1, "Ada", "26", "101", *GOOD[2:], "EXS", "EXS"), row(2, "Ben"))
    second = accept(client, school, bring_in(client, school, ADDRESS, revised))
    assert second
    page = get(client, school, "results/")
    changed = page.partition('id="changed"')[2].partition("</table>")[0]
    assert "English reading: scaled score" in changed
    assert "Ben" not in changed
    again = page.partition("must be made again")[2].partition("</ul>")[0]
    assert "Example, Ada" in again
    assert "Ben" not in again


def test_the_page_of_a_pupil_has_the_results_in_force(client: Client, school: MadeSchool) -> None:
    a_class(school)
    accept(client, school, bring_in(client, school, ADDRESS, file(row(1, "Ada", "30", "104", *GOOD[2:], "EXS", "EXS"))))
    page = get(client, school, f"pupils/{school.pupils['Ada'].key}/")
    assert "<strong>104</strong>" in page
    assert "30 of 50 marks" in page
    assert "The results say nothing of this pupil" in get(client, school, f"pupils/{school.pupils['Ben'].key}/")


def test_each_result_stands_below_the_name_of_its_test(client: Client, school: MadeSchool) -> None:
    a_class(school)
    marks = ("25", "101", "AS", "34", "102", "AS", "56", "103", "AS", "", "")
    address = bring_in(client, school, ADDRESS, file(row(1, "Ada", *marks)))
    preview = get(client, school, address)
    accept(client, school, address)
    for page, caption in ((preview, "Everybody in the file"), (get(client, school, "results/"), "Pupils with results")):
        table = page.partition(caption)[2].partition("</table>")[0]
        names = [each.partition("</th>")[0] for each in table.split('class="govuk-table__header">')[2:5]]
        scores = [each.partition("</strong>")[0] for each in table.split("<strong>")[1:4]]
        assert dict(zip(names, scores, strict=True)) == {
            "English reading": "101", "English grammar, punctuation and spelling": "102", "Mathematics": "103",
        }  # fmt: skip


def test_who_may_not_see_results_sees_none_on_the_page_of_a_pupil(client: Client, school: MadeSchool) -> None:
    a_class(school)
    accept(client, school, bring_in(client, school, ADDRESS, file(row(1, "Ada", "30", "104", *GOOD[2:], "EXS", "EXS"))))
    page = get(client, school, f"pupils/{school.pupils['Ada'].key}/", role=Role.ACCOUNT_MANAGER)
    assert "104" not in page
    assert ">Results<" not in page


def issue(school: MadeSchool, load: ResultsLoad, *forenames: str) -> None:
    """Keep reports for parents that show some results."""
    for forename in forenames:
        IssuedReport.objects.create(
            pupil=school.pupils[forename], load=load, file=load.incoming.file, fingerprint="", at=load.accepted_at,
            by=load.accepted_by,
        )  # fmt: skip
