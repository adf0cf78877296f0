"""The practice school when its results come home: put right, signed, sent, and with files of results to import."""

from typing import Any

from django.utils import timezone

from keystage.service.config.years import load
from keystage.service.demo.results import SchoolToResult, national_csv
from keystage.service.demo.seed import DemoSchool, demo_school
from keystage.service.school.models import Incoming
from keystage.service.school.models.files import IncomingKind
from keystage.service.school.outgoing import return_in
from keystage.service.school.services import incoming_results
from keystage.service.school.services.incoming import bring_in
from keystage.service.school.services.incoming_results import Ticked
from keystage.service.school.services.sent import uploaded_by_hand
from service.finishing import put_right, records, signed
from service.ready import make
from service.seeds import session_of


def sent_school() -> tuple[DemoSchool, bytes, bytes]:
    """Return the practice school with its return sent, its results, and those after marking reviews."""
    school = demo_school()
    put_right(school)
    export = make(signed(school))
    uploaded_by_hand(export, at=timezone.now(), by=school.people[0][0])
    found, year = records(school), load(school.school_return.year)
    assert found.register
    to_result = SchoolToResult(school.organisation.number, found.register, return_in(export, year), is_practising=True)
    return school, national_csv([to_result], year), national_csv([to_result], year, reviewed=True)


def brought(school: DemoSchool, name: str, content: bytes) -> Incoming:
    """Bring results in as the data manager."""
    return bring_in(school.school_return, IncomingKind.RESULTS, name, content, by=school.people[0][0])


def accepted(school: DemoSchool, incoming: Incoming) -> None:
    """Accept results as their page shows them, with what it asks to be ticked."""
    plan = incoming_results.plan(incoming, records(school), {})
    incoming_results.accept(incoming, {}, Ticked(plan.seen, errors=True, school=True), by=school.people[0][0])


def pages() -> dict[str, Any]:
    """Make a school at each step of taking its results home, and return the addresses of its pages."""
    school, first, revised = sent_school()
    base = f"schools/{school.organisation.key}/{school.school_return.year}/results/"
    return {"base": base, "first": _text(first), "revised": _text(revised), "sessions": {
        what: session_of(person) for person, what in school.people
    }}  # fmt: skip


def _text(content: bytes) -> str:
    return content.decode()
