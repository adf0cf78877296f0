"""Queries: what the checks ask, and which of it a person has answered."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from keystage.service.gateway.models import GatewayReturn, QueryAnswer

Said = Mapping[str, Any]
"""A finding as plain values, as a report keeps it."""


def asked(finding: Said) -> str:
    """Return a hash of what a query asks, wherever in the file it was found: an answer holds in the next file too."""
    about = [finding[part] for part in ("code", "upn", "pupil", "subject", "value")]
    if not finding["upn"]:
        about.append(finding["message"])
    return hashlib.sha256(json.dumps(about, ensure_ascii=True).encode("ascii")).hexdigest()


def queries_in(report: Mapping[str, Any]) -> list[Said]:
    """Return the queries of a report, in its order."""
    return [finding for finding in report.get("findings", ()) if finding["severity"] == "query"]


def standing_answers(gateway_return: GatewayReturn) -> dict[str, QueryAnswer]:
    """Return the answers that were not taken back, by what they answer; the latest where there are several."""
    answers = QueryAnswer.objects.filter(gateway_return=gateway_return, withdrawn_at=None).select_related("person")
    return {each.found: each for each in answers.order_by("pk")}


def unanswered(queries: Iterable[Said], answers: Mapping[str, QueryAnswer]) -> list[Said]:
    """Return the queries that nobody has answered."""
    return [each for each in queries if asked(each) not in answers]
