"""What goes over the line: the bodies that programs send and the answers that they get."""

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field


def _storable(text: str) -> str:
    if "\0" in text or any("\ud800" <= each <= "\udfff" for each in text):
        raise ValueError("must be text, without the character NUL")
    return text


Text = Annotated[str, AfterValidator(_storable)]


class Shape(Schema):
    """What goes over the line; the words below a field are its description in the schema."""

    model_config = ConfigDict(use_attribute_docstrings=True)


class Message(Shape):
    """Why a request gets nothing."""

    message: str


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
    """Where to go on."""

    self: str
    confirm: str | None = None
    answers: str | None = None
    receipt: str | None = None
    page: str
    """For a person: the file's page at the gateway."""


class Arrived(Shape):
    """A file that has arrived, and what has become of it."""

    receipt: str
    """The number of the receipt where the file counts; else a number under which its arrival is known."""
    status: str
    """“accepted” where it counts, else “received”."""
    message: str
    """What has become of it and what to do next, for a person."""
    key: str
    name: str
    sha256: str
    serial: int
    received_at: datetime
    stage: str
    pupils: int
    findings: Findings
    difference: Difference | None = None
    links: Links


class Finding(Shape):
    """One thing that the checks say, as “keystage check --format json” prints it, with the answer to a query."""

    code: str
    slug: str
    severity: str
    upn: str | None = None
    pupil: str | None = None
    subject: str | None = None
    value: str | None = None
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None
    message: str
    allowed: list[str] = []
    fix: str | None = None
    asks: str | None = None
    """What stands for the query when it is answered."""
    answer: str | None = None


class Read(Arrived):
    """A file with everything that the checks say of it."""

    verdict: str
    checked_at: datetime | None = None
    report: list[Finding]


class Confirmation(Shape):
    """Somebody has seen the difference, and it is meant."""

    held: Text = Field(max_length=64, description="The difference's “held”, as it was shown.")


class Answer(Shape):
    """An answer to a query: it is right, and why."""

    asks: Text = Field(max_length=64, description="The finding's “asks”.")
    text: Text = Field(min_length=1, max_length=2000, description="Why it is right.")


class Answers(Shape):
    """Answers to queries of a file."""

    answers: list[Answer] = Field(min_length=1, max_length=1000)


class Receipt(Shape):
    """Proof that a return was accepted, as it was given."""

    number: str
    at: datetime
    by: str | None
    fingerprint: str
    content: dict[str, Any]


class Expected(Shape):
    """A pupil on the register."""

    upn: str
    surname: str
    forename: str
    dob: date | None
    sex: str
    reading: str
    maths: str
    gps: str
    status: str
    former_upn: str
    date_left: date | None
    moderated_writing: str
    is_expected: bool
    """Whether the return must have the pupil."""


class Register(Shape):
    """Who is on the register, and the return's numbers."""

    year: int
    school: str
    state: str
    expected: int
    received: int
    missing: int
    unexpected: int
    version: int
    """Goes up with every change of the register."""
    pupils: list[Expected]


class ResultsFile(Shape):
    """A file of results that can be downloaded."""

    key: str
    name: str
    kind: str
    """csv, ctf, letters (PDF) or zip; ctf-ta and zip-ta have the teacher assessments that came back too."""
    size: int
    sha256: str
    pupils: int
    release: int
    """1 for the first release, 2 for revised results, and on."""
    released_at: datetime
    href: str


class Results(Shape):
    """What has been released for the organisation."""

    year: int
    release_at: datetime | None
    """When the next release can be had; None where no time is set."""
    files: list[ResultsFile]
