"""What people are in a school: changed and taken away, and never so that nobody can manage people."""

import pytest
from django.test import Client

from keystage.service.accounts import hooks
from keystage.service.accounts.models import Membership, Organisation, Person
from keystage.service.accounts.roles import Role
from keystage.service.accounts.services.people import give_roles, remove
from keystage.service.accounts.services.refusals import NotPossible
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from service.made import MadeSchool


def roles_of(school: MadeSchool, role: Role) -> list[str]:
    held = Membership.objects.filter(person=school.people[role], ended_at=None)
    return sorted(str(each.role) for each in held)


def address(school: MadeSchool, role: Role | None = None, rest: str = "") -> str:
    person = f"{school.people[role].key}/" if role else ""
    return f"/organisations/{school.organisation.key}/people/{person}{rest}"


def only_the_head_manages(school: MadeSchool) -> None:
    remove(school.organisation, school.people[Role.ACCOUNT_MANAGER], by=school.people[Role.HEAD])


def test_the_page_lists_people_with_what_they_are(client: Client, school: MadeSchool) -> None:
    client.force_login(school.people[Role.HEAD])
    text = client.get(address(school)).content.decode()
    for name in ("Dana Marsh", "Tamsin Ash", "Hilary Fry", "Alex Ward"):
        assert name in text
    assert "Invite somebody" in text
    assert "Never signed in" in text


def test_who_may_not_manage_people_sees_names_and_no_more(client: Client, school: MadeSchool) -> None:
    client.force_login(school.people[Role.TEACHER])
    text = client.get(address(school)).content.decode()
    assert "Hilary Fry" in text
    assert "Invite somebody" not in text
    assert "Second step" not in text


def test_a_role_is_given_and_another_taken_away(client: Client, school: MadeSchool) -> None:
    client.force_login(school.people[Role.HEAD])
    client.post(address(school, Role.TEACHER), {"roles": ["data manager", "headteacher"]})
    assert roles_of(school, Role.TEACHER) == ["data manager", "headteacher"]
    done = Event.objects.filter(target=school.people[Role.TEACHER].key).order_by("id")
    assert [(each.kind, each.part) for each in done] == [
        (Kind.ROLE_REMOVED, "teacher"),
        (Kind.ROLE_GIVEN, "data manager"),
        (Kind.ROLE_GIVEN, "headteacher"),
    ]


def test_a_teachers_classes_are_offered_and_changed(
    client: Client, school: MadeSchool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hooks, "_class_names", [lambda _: ["Oak", "Elm", ""]])
    client.force_login(school.people[Role.HEAD])
    text = client.get(address(school, Role.TEACHER)).content.decode()
    assert text.index('value="Elm"') < text.index('value="Oak"')
    client.post(address(school, Role.TEACHER), {"roles": ["teacher"], "classes": ["Oak"]})
    assert Membership.objects.get(person=school.people[Role.TEACHER]).classes == ["Oak"]
    assert Event.objects.get(kind=Kind.CLASSES_CHANGED).data == {"before": [], "after": ["Oak"]}


def test_saving_what_is_so_already_changes_nothing(client: Client, school: MadeSchool) -> None:
    before = Event.objects.count()
    give_roles(school.organisation, school.people[Role.TEACHER], [Role.TEACHER], [], by=school.people[Role.HEAD])
    assert Event.objects.count() == before


def test_removing_asks_first_and_ends_every_role(client: Client, school: MadeSchool) -> None:
    client.force_login(school.people[Role.HEAD])
    page = client.get(address(school, Role.TEACHER, "remove/"))
    assert "Remove Tamsin Ash from Quellbridge Primary School?" in page.content.decode()
    assert roles_of(school, Role.TEACHER) == ["teacher"]
    client.post(address(school, Role.TEACHER, "remove/"))
    assert roles_of(school, Role.TEACHER) == []
    assert Event.objects.get(kind=Kind.REMOVED).data == {"roles": ["teacher"]}


def test_the_last_person_who_manages_people_cannot_be_removed(client: Client, school: MadeSchool) -> None:
    only_the_head_manages(school)
    client.force_login(school.people[Role.HEAD])
    text = client.post(address(school, Role.HEAD, "remove/"), follow=True).content.decode()
    assert "Hilary Fry is the last person who can invite and remove people" in text
    assert roles_of(school, Role.HEAD) == ["headteacher"]


def test_the_last_person_who_manages_people_cannot_give_that_away(client: Client, school: MadeSchool) -> None:
    only_the_head_manages(school)
    client.force_login(school.people[Role.HEAD])
    text = client.post(address(school, Role.HEAD), {"roles": ["teacher"]}).content.decode()
    assert "the last person who can invite and remove people" in text
    assert roles_of(school, Role.HEAD) == ["headteacher"]


def test_somebody_whose_account_is_closed_does_not_count_as_managing(school: MadeSchool) -> None:
    Person.objects.filter(pk=school.people[Role.ACCOUNT_MANAGER].pk).update(is_active=False)
    with pytest.raises(NotPossible, match="last person"):
        remove(school.organisation, school.people[Role.HEAD], by=school.people[Role.HEAD])


def test_without_a_role_somebody_is_to_be_removed_instead(client: Client, school: MadeSchool) -> None:
    client.force_login(school.people[Role.HEAD])
    assert "Choose at least one role" in client.post(address(school, Role.TEACHER), {}).content.decode()
    assert roles_of(school, Role.TEACHER) == ["teacher"]


def test_others_are_told_that_somebody_left(school: MadeSchool) -> None:
    told: list[tuple[Person, Organisation]] = []

    def listen(person: Person, organisation: Organisation, **_: object) -> None:
        told.append((person, organisation))

    hooks.person_left.connect(listen)
    try:
        remove(school.organisation, school.people[Role.TEACHER], by=school.people[Role.HEAD])
    finally:
        hooks.person_left.disconnect(listen)
    assert told == [(school.people[Role.TEACHER], school.organisation)]


def test_the_page_takes_no_more_queries_with_many_people(
    client: Client, school: MadeSchool, django_assert_max_num_queries: object
) -> None:
    for number in range(60):
        person = Person.objects.create_user(f"person{number}@school.example", None, name=f"Person {number}")
        Membership.objects.create(person=person, organisation=school.organisation, role=Role.TEACHER)
    client.force_login(school.people[Role.HEAD])
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        client.get(address(school))
