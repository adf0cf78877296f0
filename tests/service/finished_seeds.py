"""The demonstration as ``make demo`` has it, with its finished years: for journeys and for pictures."""

from typing import Any

from keystage.service.accounts.models import Organisation
from keystage.service.accounts.roles import OrganisationKind
from keystage.service.demo.finished import steps
from keystage.service.demo.gateway import demo_gateway
from keystage.service.demo.seed import demo_school
from keystage.service.gateway.models import GatewayReturn
from keystage.service.school.models import Pupil, SchoolReturn
from keystage.service.school.results import in_force
from keystage.service.work.worker import work
from service.seeds import session_of


def finished_years() -> dict[str, Any]:
    """Make the demonstration; return the addresses of its finished year, and a session for each person."""
    school = demo_school()
    gateway = demo_gateway(school)
    for step in steps(school, gateway):
        step()
        work(batch=True, interval=0.05)
    trust = Organisation.objects.get(kind=OrganisationKind.TRUST, is_practice=True)
    there = GatewayReturn.objects.get(school=school.organisation, collection__year=2025)
    own = SchoolReturn.objects.get(organisation=school.organisation, year=2025)
    load = in_force(own)
    assert load is not None
    return {
        "sessions": {what: session_of(person) for person, what in (*school.people, *gateway.people)},
        "school": f"schools/{school.organisation.key}/2025/",
        "gateway": f"gateway/{school.organisation.key}/2025/",
        "authority": f"authority/{gateway.authority.key}/2025/",
        "authority_now": f"authority/{gateway.authority.key}/2026/",
        "trust": f"authority/{trust.key}/2025/",
        "agency": f"agency/{gateway.agency.key}/2025/",
        "there": there.key,
        "incoming": load.incoming.key,
        "pupils": [
            {"key": each.key, "name": each.name, "forename": each.forename, "surname": each.surname}
            for each in Pupil.objects.filter(school_return=own, left=None).order_by("class_name", "surname", "pk")
        ],
    }
