"""Results in every state that a page can show, in the database of a server; and who may look at them."""

from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.utils import timezone

from keystage.service.accounts.roles import Role
from keystage.service.gateway.models import Collection, Release
from keystage.service.gateway.services.results_preparing import prepare
from keystage.service.gateway.services.results_releasing import withdraw
from service.at_gateway import Gateway, a_gateway, a_school_there, expect
from service.at_results import GOOD, HEAD, a_secondary, a_trust, fresh, loaded, national, operator, row
from service.made import YEAR
from service.seeds import session_of


def work() -> None:
    """Do what waits in the background."""
    call_command("db_worker", batch=True, interval=0, verbosity=0, startup_delay=False)


def _loaded(gateway: Gateway, content: bytes, name: str) -> Release:
    made = loaded(gateway, content, name)
    work()
    return fresh(made)


def _released(gateway: Gateway, content: bytes, name: str) -> Release:
    made = _loaded(gateway, content, name)
    prepare(made, by=operator(gateway), errors_seen=made.errors)
    work()
    Release.objects.filter(pk=made.pk).update(release_at=timezone.now() - timedelta(minutes=1))
    return fresh(made)


def states() -> dict[str, Any]:
    """Make a refused file, withdrawn results, results and revised ones; return addresses with a session for each."""
    gateway = a_gateway()
    there = a_school_there(gateway, pupils=12)
    other = a_school_there(gateway, number="9992002", name="St Nobody’s R.C. Primary School, Ottermere", pupils=0)
    expect(other, 31)
    trust, analyst = a_trust([there, other])
    secondary, reader = a_secondary(there.pupils[:3])
    collection = gateway.collection
    wrong = national(there) + b",,X,No,School,,F,,,,,,,,,,,\n999,20x1,Y,No,School,,F,,,,,,,,,,,\n"
    refused = _loaded(gateway, wrong, "national-draft.csv")
    gone = _released(gateway, national(there), "national-too-early.csv")
    withdraw(gone, gateway.agency, "The marks of one reading paper were not in it.", by=operator(gateway))
    first = _released(gateway, national(there, other), "national-results-2026.csv")
    one, two, *others = there.pupils
    lines = [
        row("9992001", one, GOOD.replace("25,100", "26,101")),
        row("9992001", two, GOOD.replace("56,100", "58,130")),
    ]
    lines += [row("9992001", each) for each in others]
    lines.append("123,4567,Z1,Un,Known,,F,25,100,AS,,,,,,,,\n")
    second = _released(gateway, (HEAD + "".join(lines)).encode(), "national-revised-2026.csv")
    waiting = _loaded(gateway, (HEAD + "".join(lines)).encode(), "national-third.csv")
    officer = session_of(gateway.people[Role.DATA_OFFICER])
    school, agency = f"{there.base}results/", f"/agency/{gateway.agency.key}/{YEAR}/results/"
    session = session_of(operator(gateway))
    pages = {
        "operator": (agency, session),
        "operator-refused": (f"{agency}{refused.key}/", session),
        "operator-withdrawn": (f"{agency}{gone.key}/", session),
        "operator-released": (f"{agency}{first.key}/", session),
        "operator-checked": (f"{agency}{waiting.key}/", session),
        "operator-time": (f"{agency}{waiting.key}/time/", session),
        "operator-withdraw": (f"{agency}{second.key}/withdraw/", session),
        "operator-schools": (f"{agency}{second.key}/schools/", session),
        "operator-school": (f"{agency}{second.key}/schools/9992001/", session),
        "school": (school, session_of(there.manager)),
        "school-teacher": (school, session_of(there.people[Role.TEACHER])),
        "school-left-out": (f"{other.base}results/", session_of(other.manager)),
        "authority": (
            f"/authority/{gateway.authority.key}/{YEAR}/results/",
            officer,
        ),
        "trust-collections": (f"/results/{trust.key}/", session_of(analyst)),
        "trust": (f"/results/{trust.key}/{YEAR}/", session_of(analyst)),
        "secondary": (f"/results/{secondary.key}/{YEAR}/", session_of(reader)),
    }
    Collection.objects.filter(pk=collection.pk).update(closed_at=timezone.now())
    early = Collection.objects.create(
        year=2025, opens_at=timezone.now() - timedelta(days=1), closes_at=timezone.now() + timedelta(days=1)
    )
    early.returns.create(school=there.organisation, number="9992001", authority_number="999")
    pages["school-before"] = (f"/gateway/{there.organisation.key}/2025/results/", pages["school"][1])
    pages["operator-before"] = (f"/agency/{gateway.agency.key}/2025/results/", session)
    return {"pages": pages}
