"""Results that somebody tries to put down to another child."""

from django.test import Client

from keystage.service.school import results
from service.made import MadeSchool
from service.school.pupil_pages import bring_in
from service.school.results.result_files import ADDRESS, a_class, file, row
from service.school.results.test_incoming_results import accept

TOP = ("35", "112", "AS", "60", "112", "AS", "95", "112", "AS", "GDS", "EXS")


def test_a_link_cannot_put_down_a_result_with_a_upn_to_another_child(client: Client, school: MadeSchool) -> None:
    a_class(school)
    address = bring_in(client, school, ADDRESS, file(row(1, "Ada"), row(2, "Ben", *TOP)), "results.csv")
    ada, ben = school.pupils["Ada"], school.pupils["Ben"]
    load = accept(client, school, f"{address}?who-1={ben.key}&who-2={ada.key}")
    assert load is not None
    of_ada, of_ben = results.result_of(load, ada), results.result_of(load, ben)
    assert of_ada
    assert of_ben
    assert (of_ada.upn, of_ben.upn) == (ada.upn, ben.upn)


def test_a_link_cannot_leave_a_result_with_a_upn_without_its_child(client: Client, school: MadeSchool) -> None:
    a_class(school)
    address = bring_in(client, school, ADDRESS, file(row(1, "Ada"), row(2, "Ben")), "results.csv")
    load = accept(client, school, f"{address}?who-1=none")
    assert load is not None
    assert results.result_of(load, school.pupils["Ada"]) is not None


def test_saying_who_one_of_two_rows_with_a_upn_is_does_not_give_the_child_the_other(
    client: Client, school: MadeSchool
) -> None:
    a_class(school)
    address = bring_in(client, school, ADDRESS, file(row(1, "Ada"), row(1, "Ada", *TOP)), "results.csv")
    ada = school.pupils["Ada"]
    load = accept(client, school, f"{address}?who-1={ada.key}", errors="1")
    assert load is not None
    rows = list(load.rows.filter(pupil=ada))
    assert [each.place for each in rows] == [1]
