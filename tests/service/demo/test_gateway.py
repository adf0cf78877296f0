"""The practice gateway: its schools stand differently, and the practice school's clean file lacks a leaver there."""

from pathlib import Path

from keystage.service.demo.gateway import DemoGateway, demo_gateway
from keystage.service.demo.seed import demo_school
from keystage.service.gateway.models import GatewayReturn, RegisteredPupil, Route, Stage, State
from keystage.service.gateway.services.checking import check
from keystage.service.gateway.services.receiving import Arrival, receive
from keystage.service.school.services.files import content_of
from service.finishing import put_right, signed
from service.ready import make

_TOUR = Path(__file__).resolve().parents[3] / "docs/gateway.md"


def test_the_made_up_country_has_schools_of_every_kind(db: None) -> None:
    made: DemoGateway = demo_gateway(demo_school())
    states = list(GatewayReturn.objects.filter(collection=made.collection).values_list("state", flat=True))
    assert (states.count(State.ACCEPTED), states.count(State.IN_ERROR), states.count(State.NOT_STARTED)) == (4, 2, 5)
    assert states.count(State.INCOMPLETE) == 1, "whose writing is not what the moderator judged"


def test_made_again_it_is_the_same(db: None) -> None:
    school = demo_school()
    first, pupils = demo_gateway(school), RegisteredPupil.objects.count()
    assert demo_gateway(school).collection == first.collection
    assert RegisteredPupil.objects.count() == pupils


def test_the_finished_file_fails_at_the_gateway_for_one_missing_leaver(db: None) -> None:
    school = demo_school()
    demo_gateway(school)
    put_right(school)
    export = make(signed(school))
    there = GatewayReturn.objects.get(school=school.organisation)
    assert there.expected == 42
    person = school.people[0][0]
    arrival = Arrival(export.file.name, content_of(export.file), school.organisation, person, Route.BROWSER)
    sent = check(receive(there, arrival), by=person)
    assert sent.stage == Stage.IN_ERROR
    (wrong,) = [each for each in sent.report["findings"] if each["severity"] == "error"]
    leaver = RegisteredPupil.objects.get(gateway_return=there, upn=wrong["upn"])
    assert (wrong["code"], leaver.status) == ("C01", "registered")
    assert f"{leaver.forename} {leaver.surname} is expected" in _TOUR.read_text(encoding="utf-8")
