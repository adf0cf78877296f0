"""A ready query gives what the same query of Django's gives, however often it is asked."""

import pytest
from django.db import connection, connections
from django.db.models import F, QuerySet
from django.db.transaction import TransactionManagementError

from keystage.service.accounts.models import Membership, Organisation, Person
from keystage.service.accounts.roles import OrganisationKind, Role
from keystage.service.config.ready_query import ReadyQuery
from keystage.service.gateway.models import GatewayReturn
from service.at_gateway import SchoolThere, a_gateway, a_school_there


@pytest.fixture
def there(db: None) -> SchoolThere:
    return a_school_there(a_gateway())


def _school(name: str, number: str) -> Organisation:
    return Organisation.objects.create(kind=OrganisationKind.SCHOOL, name=name, number=number)


@pytest.mark.django_db
def test_the_same_query_is_asked_about_one_thing_after_the_other() -> None:
    one, other = _school("Elm Road", "9991001"), _school("Oak Road", "9991002")
    by_number = ReadyQuery(lambda number: Organisation.objects.filter(number=number))
    assert [by_number.all(number=each) for each in ("9991002", "9991001", "9991003")] == [[other], [one], []]


@pytest.mark.django_db
def test_texts_and_integers_go_to_their_own_places() -> None:
    school = _school("Elm Road", "9991001")
    query = ReadyQuery(lambda name, key, number: Organisation.objects.filter(number=number, pk=key, name=name))
    assert query.first(name="Elm Road", key=school.pk, number="9991001") == school
    assert query.first(name="Elm Road", key=school.pk + 1, number="9991001") is None
    assert query.first(name="9991001", key=school.pk, number="Elm Road") is None


@pytest.mark.django_db
def test_of_an_integer_that_no_database_holds_nothing_is_found() -> None:
    query = ReadyQuery(lambda key: Organisation.objects.filter(pk=key))
    assert query.all(key=_school("Elm Road", "9991001").pk) != []
    assert query.all(key=2**63) == query.all(key=-(2**80)) == []


@pytest.mark.django_db
def test_what_is_asked_about_is_never_taken_for_a_part_of_the_query() -> None:
    _school("Elm Road", "9991001")
    query = ReadyQuery(lambda name: Organisation.objects.filter(name=name))
    assert query.all(name="' OR '1'='1") == query.all(name="%s") == []


def test_the_objects_have_every_value_that_django_gives_them(there: SchoolThere) -> None:
    def asked(key: int) -> QuerySet[GatewayReturn]:
        return GatewayReturn.objects.filter(pk=key).select_related("collection", "school")

    found = ReadyQuery(asked).first(key=there.gateway_return.pk)
    same = asked(there.gateway_return.pk).get()
    assert found is not None
    for one, other in ((found, same), (found.collection, same.collection), (found.school, same.school)):
        values = {each.attname: getattr(one, each.attname) for each in one._meta.concrete_fields}
        assert values == {each.attname: getattr(other, each.attname) for each in other._meta.concrete_fields}
        assert (one._state.adding, one._state.db) == (False, "default")


def test_what_was_asked_for_with_it_takes_no_further_query(
    there: SchoolThere, django_assert_num_queries: object
) -> None:
    query = ReadyQuery(lambda key: GatewayReturn.objects.filter(pk=key).select_related("collection", "school"))
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = query.first(key=there.gateway_return.pk)
        assert found is not None
        assert (found.school.name, found.collection.year) == (there.organisation.name, 2026)


@pytest.mark.django_db
def test_conditions_that_compare_columns_hold() -> None:
    person = Person.objects.create(email="head@school.example", name="A Head")
    Membership.objects.create(person=person, organisation=_school("Elm Road", "9991001"), role=Role.HEAD)
    query = ReadyQuery(lambda key: Membership.objects.filter(person=key, organisation__name=F("person__name")))
    assert query.all(key=person.pk) == []
    Organisation.objects.update(name="A Head")
    assert len(query.all(key=person.pk)) == 1


@pytest.mark.django_db
def test_what_locks_is_refused_without_a_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    _school("Elm Road", "9991001")
    query = ReadyQuery(lambda number: Organisation.objects.select_for_update().filter(number=number))
    assert len(query.all(number="9991001")) == 1
    if connection.features.has_select_for_update:  # SQLite knows no locks of rows: its writers wait in turn
        monkeypatch.setattr(connections["default"], "in_atomic_block", False)
        with pytest.raises(TransactionManagementError):
            query.all(number="9991001")


@pytest.mark.django_db
def test_a_query_that_does_not_ask_about_its_keyword_is_refused() -> None:
    everything = ReadyQuery(lambda number: Organisation.objects.exclude(name=f"{number} Road"))
    with pytest.raises(TypeError, match="made ready"):
        everything.all(number="9991001")
