"""Files: what has become of one, what the checks say of it, and what a program answers."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from keystage.checks.finding import Severity
from keystage.checks.report import Verdict
from keystage.service.api.shapes.base import Shape, Text
from keystage.service.gateway.models import Stage


class Findings(Shape):
    """How many findings a file has: errors block, queries need an answer, infos say something."""

    errors: int
    queries: int
    infos: int


class Difference(Shape):
    """What a file would change of what counts, in numbers; it is to be confirmed before it counts."""

    pupils_added: int
    pupils_not_in_the_file: int
    """They stay as they are: a file never removes anybody."""
    identities_changed: int
    judgements_changed: int
    held: str
    """To be sent back with the confirmation: a fingerprint of what counts now."""


class Links(Shape):
    """Where to go on: addresses that can be used as they are."""

    self: str
    """The file with its findings."""
    confirm: str | None = None
    """Where its difference is confirmed; only while that is awaited."""
    answers: str | None = None
    """Where its queries are answered; only while they are awaited."""
    receipt: str | None = None
    """The receipt; only where the file counts."""
    page: str
    """For a person: the file's page at the gateway."""


class Arrived(Shape):
    """A file that has arrived, and what has become of it."""

    receipt: str
    """The number of the receipt where the file counts; else a number under which its arrival is known."""
    status: Literal["accepted", "received"]
    """“accepted” where it counts, else “received”."""
    message: str
    """What has become of it and what to do next, for a person."""
    key: str
    """What stands for the file in addresses."""
    name: str
    sha256: str
    """The hash of what was received, to the byte."""
    serial: int
    """The first file of the school is 1, the next 2."""
    received_at: datetime
    stage: Stage
    """How far it has come. “applied” counts; “queries to answer” and “difference to confirm” wait for the school."""
    pupils: int
    findings: Findings
    difference: Difference | None = None
    """What it would change; only while that is to be confirmed."""
    links: Links


class Finding(Shape):
    """One thing that the checks say, as “keystage check --format json” prints it, with the answer to a query."""

    code: str
    """The check, as the catalogue names it."""
    slug: str
    severity: Severity
    """An error blocks, a query needs an answer, an info only says something."""
    upn: str | None = None
    pupil: str | None = None
    subject: str | None = None
    value: str | None = None
    """What stands in the file."""
    line: int | None = None
    """Where in the file, from 1."""
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None
    message: str
    """What is found, for a person."""
    allowed: list[str] = []
    """What may stand there instead."""
    fix: str | None = None
    """What to do, for a person."""
    asks: str | None = None
    """What stands for the query when it is answered."""
    answer: str | None = None
    """Why it is right, where somebody has said so."""


class Read(Arrived):
    """A file with everything that the checks say of it."""

    verdict: Verdict | None = None
    """What the checks say in a word; nothing until it is checked."""
    checked_at: datetime | None = None
    report: list[Finding]


class Confirmation(Shape):
    """Somebody has seen the difference, and it is meant."""

    held: Text = Field(max_length=64, description="The difference's “held”, as it was shown.")


def _says_something(text: str) -> str:
    if not text.strip():
        raise ValueError("must say why it is right")
    return text


_SPACES = "\\s\\u001c-\\u001f\\u0085"  # what Python takes for spaces is more than JSON Schema's
Reason = Annotated[
    Text,
    AfterValidator(_says_something),
    Field(json_schema_extra={"pattern": f"^[^\\u0000]*[^\\u0000{_SPACES}][^\\u0000]*$"}),
]
"""Words, and not only spaces."""


class Answer(Shape):
    """An answer to a query: it is right, and why."""

    asks: Text = Field(max_length=64, description="The finding's “asks”.")
    text: Reason = Field(min_length=1, max_length=2000, description="Why it is right, as a person says it.")


class Answers(Shape):
    """Answers to queries of a file."""

    answers: list[Answer] = Field(min_length=1, max_length=1000)
