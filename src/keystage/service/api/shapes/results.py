"""Results that can be downloaded."""

from datetime import datetime

from keystage.service.api.shapes.base import Shape
from keystage.service.gateway.models import FileKind


class ResultsFile(Shape):
    """A file of results that can be downloaded."""

    key: str
    """What stands for the file in addresses."""
    name: str
    kind: FileKind
    """csv, ctf, letters (PDF) or zip; ctf-ta and zip-ta have the teacher assessments that came back too."""
    size: int
    """In bytes."""
    sha256: str
    pupils: int
    release: int
    """1 for the first release, 2 for revised results, and on."""
    released_at: datetime
    href: str
    """Where to download it."""


class Results(Shape):
    """What has been released for the organisation."""

    year: int
    release_at: datetime | None
    """When the next release can be had; nothing where no time is set."""
    files: list[ResultsFile]
