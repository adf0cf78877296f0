"""What has become of a file, for a program and for the person behind it."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from keystage.checks.report import Verdict
from keystage.service.api import shapes
from keystage.service.design.words import plural
from keystage.service.gateway.asked import asked, standing_answers
from keystage.service.gateway.models import Stage, Submission
from keystage.service.gateway.services.checking import difference_of

_STANDS = {
    Stage.RECEIVED: "It has arrived and is kept. It is not checked yet: look at it again in a minute.",
    Stage.UNREADABLE: "It has arrived and is kept, but it cannot be read. Nothing counts of it.",
    Stage.TO_CONFIRM: "It has arrived. Look at what it would change, and confirm it: until then nothing counts of it.",
    Stage.SET_ASIDE: "It has arrived and was set aside: a later file came, or somebody set it aside.",
}


def arrived(request: HttpRequest, found: Submission) -> shapes.Arrived:
    """Return what the sender of a file is told."""
    return shapes.Arrived(**_facts(request, found))


def read(request: HttpRequest, found: Submission) -> shapes.Read:
    """Return a file with all that the checks say of it."""
    answers = standing_answers(found.gateway_return) if found.queries else {}
    findings = []
    for each in found.report.get("findings", ()):
        asks = asked(each) if each["severity"] == "query" else None
        answer = answers.get(asks) if asks else None
        findings.append(shapes.Finding(**each, asks=asks, answer=answer.text if answer else None))
    return shapes.Read(
        **_facts(request, found),
        verdict=Verdict(found.verdict) if found.verdict else None,
        checked_at=found.checked_at,
        report=findings,
    )


def message_about(found: Submission) -> str:
    """Return in a sentence what has become of a file, and what to do next."""
    stage = Stage(found.stage)
    if stage is Stage.APPLIED:
        return f"Accepted: {plural(found.pupils, 'pupil')}. The receipt is {_receipt(found)}."
    if stage is Stage.IN_ERROR:
        said = f"It has arrived, with {plural(found.errors, 'error')}: nothing counts of it."
        return f"{said} Put right what the findings name, then send a new file."
    if stage is Stage.TO_ANSWER:
        said = f"It has arrived, with {plural(found.queries, 'query', 'queries')}: nothing counts of it yet."
        return f"{said} Answer them, or send a new file."
    return _STANDS[stage]


def _facts(request: HttpRequest, found: Submission) -> dict[str, Any]:
    return {
        "receipt": _receipt(found),
        "status": "accepted" if found.stage == Stage.APPLIED else "received",
        "message": message_about(found),
        "key": found.key,
        "name": found.file.name,
        "sha256": found.file.sha256,
        "serial": found.serial,
        "received_at": found.received_at,
        "stage": found.stage,
        "pupils": found.pupils,
        "findings": shapes.Findings(errors=found.errors, queries=found.queries, infos=found.infos),
        "difference": _difference(found),
        "links": _links(request, found),
    }


def _receipt(found: Submission) -> str:
    """Return the receipt's number; where the file does not count, a number for its arrival."""
    number = _number(found)
    return number or f"F-{found.gateway_return.collection.year}-{found.key.upper()}"


def _number(found: Submission) -> str:
    """Return the number of the receipt; empty where the file does not count."""
    return found.receipt.number if found.stage == Stage.APPLIED else ""


def _difference(found: Submission) -> shapes.Difference | None:
    if found.stage != Stage.TO_CONFIRM or (changes := difference_of(found)) is None:
        return None
    return shapes.Difference(
        pupils_added=len(changes.added),
        pupils_not_in_the_file=len(changes.dropped),
        identities_changed=len(changes.identities),
        judgements_changed=len(changes.judgements),
        held=found.held_version,
    )


def _links(request: HttpRequest, found: Submission) -> shapes.Links:
    year = found.gateway_return.collection.year

    def to(name: str, **key: str) -> str:
        return request.build_absolute_uri(reverse(f"api-v1:{name}", kwargs={"year": year, **key}))

    number = _number(found)
    where = {"organisation": found.gateway_return.school.key, "year": year, "key": found.key}
    return shapes.Links(
        self=to("file", key=found.key),
        confirm=to("confirm", key=found.key) if found.stage == Stage.TO_CONFIRM else None,
        answers=to("answers", key=found.key) if found.stage == Stage.TO_ANSWER else None,
        receipt=to("receipt", number=number) if number else None,
        page=request.build_absolute_uri(reverse("gateway:file", kwargs=where)),
    )
