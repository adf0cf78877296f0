"""What servers in tests are filled with for the pages of authorities and the agency."""

from typing import Any

from keystage.service.accounts.roles import Role
from keystage.service.gateway.services.uploads import work_through
from service.counties import a_county
from service.seeds import session_of


def county() -> dict[str, Any]:
    """Make a county; return addresses and a signed-in session for each of its people."""
    made = a_county()
    work_through.call(made.upload.key)  # there is no worker
    people = made.gateway.people
    return {
        "authority": made.base,
        "agency": made.country,
        "trust": f"/authority/{made.trust.key}/",
        "schools": {name: school.gateway_return.key for name, school in made.schools.items()},
        "upload": made.upload.key,
        "sessions": {
            "officer": session_of(made.officer),
            "analyst": session_of(made.analyst),
            "operator": session_of(people[Role.OPERATOR]),
        },
    }
