"""Files that are sent to a made-up gateway at one moment; each function returns plain values."""

import time
from typing import Any

from keystage.service.accounts.models import Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.gateway.models import GatewayReturn, HeldPupil, Receipt, Route, Submission
from keystage.service.gateway.services.checking import check
from keystage.service.gateway.services.receiving import Arrival, receive
from keystage.years.subjects import Subject
from service.at_gateway import GOOD, a_file, a_gateway, a_pupil, a_school_there


def school_with_files(codes: list[str]) -> dict[str, Any]:
    """Make a school with a file for each code in writing, ready to be sent; return what sends each."""
    there = a_school_there(a_gateway())
    files: dict[str, dict[str, str]] = {}
    for serial, code in enumerate(codes, start=1):
        name, content = a_file(there, [a_pupil(each, {**GOOD, Subject.WRITING: code}) for each in there.pupils],
                               serial=serial)  # fmt: skip
        files[code] = {
            "school": there.organisation.key,
            "who": there.manager.key,
            "name": name,
            "text": content.decode(),
        }
    return {"files": files}


def send_at(school: str, who: str, name: str, text: str, at: float) -> dict[str, Any]:
    """Send a file at a moment, and have it checked; return why it was refused, or nothing."""
    found = GatewayReturn.objects.select_related("collection", "school").get(school__key=school)
    person = Person.objects.get(key=who)
    time.sleep(max(0, at - time.time()))
    try:
        check(receive(found, Arrival(name, text.encode(), found.school, person, Route.BROWSER)), by=person)
    except NotAllowedNow as refused:
        return {"refused": str(refused)}
    return {"refused": ""}


def what_arrived() -> dict[str, Any]:
    """Return what the database holds of the files that came."""
    sent = Submission.objects.order_by("serial")
    return {
        "serials": list(sent.values_list("serial", flat=True)),
        "stages": list(sent.values_list("stage", flat=True)),
        "held": HeldPupil.objects.filter(removed_at=None).count(),
        "receipts": Receipt.objects.count(),
    }
