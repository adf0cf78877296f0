"""What servers in tests are filled with for the pages of authorities and the agency."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from keystage.service.accounts.models import Organisation
from keystage.service.accounts.roles import Role
from keystage.service.gateway.models import Collection, GatewayReturn, Submission
from keystage.service.gateway.services.uploads import receive_zip, work_through
from service.at_gateway import SchoolThere, send
from service.counties import a_county
from service.seeds import session_of
from service.zips import a_zip


def county() -> dict[str, Any]:
    """Make a county; return addresses and a signed-in session for each of its people."""
    made = a_county()
    work_through.call(made.upload.key)  # there is no worker
    long_ago = timezone.now() - timedelta(days=5)
    Submission.objects.filter(gateway_return=made.schools["Ottermere"].gateway_return).update(received_at=long_ago)
    Collection.objects.update(opens_at=long_ago - timedelta(days=1))
    people = made.gateway.people
    return {
        "authority": made.base,
        "agency": made.country,
        "trust": f"/authority/{made.trust.key}/",
        "schools": {name: school.gateway_return.key for name, school in made.schools.items()},
        "upload": made.upload.key,
        "starts": {"officer": [f"{made.base}uploads/{made.upload.key}/"]},
        "sessions": {
            "officer": session_of(made.officer),
            "analyst": session_of(made.analyst),
            "operator": session_of(people[Role.OPERATOR]),
        },
    }


def a_waiting_zip(authority: str) -> str:
    """Send a zip that nobody works through yet; return its key."""
    organisation = Organisation.objects.get(key=authority)
    officer = organisation.memberships.get(role=Role.DATA_OFFICER).person
    content = a_zip(("notes.txt", b"Hello"), ("broken.xml", b"<CTfile>"))
    return receive_zip(Collection.objects.get(), organisation, "two.zip", content, by=officer).key


def work_on(upload: str) -> None:
    """Work through a zip, as a worker does."""
    work_through.call(upload)


def a_new_file(school: str) -> None:
    """Have a school send a good file with everybody in it."""
    found = GatewayReturn.objects.select_related("school", "collection").get(school__name=school)
    registered = list(found.registered.all())
    people = {Role.DATA_MANAGER: found.school.memberships.get(role=Role.DATA_MANAGER).person}
    send(SchoolThere(found.school, found, people, registered))
