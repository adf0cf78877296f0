"""The record of an export: which file was made, what is in it, and whether and how it was sent."""

from dataclasses import dataclass
from datetime import datetime

from keystage.papers.characters import Value
from keystage.papers.frame import Frame, moment


@dataclass(frozen=True, slots=True)
class Sent:
    """That a file was sent or uploaded: in what way, when, and by whom."""

    way: str
    """In words: ``Sent to the gateway``, ``Uploaded by hand``."""
    at: datetime
    who: str
    reference: str = ""
    """What the other side gave as a receipt."""


@dataclass(frozen=True, slots=True)
class ExceptionLine:
    """One pupil of whom something is to be said, with the whole message."""

    pupil: str
    upn: str
    message: str


@dataclass(frozen=True, slots=True)
class ExportPaper:
    """A file that was made for the gateway, and what became of it."""

    frame: Frame
    file_name: str
    sha256: str
    exported: datetime
    exported_by: str
    in_file: int
    processed: int
    not_exported: int
    sent: tuple[Sent, ...] = ()
    """Every time that the file was sent or uploaded; empty where it was not."""
    exceptions: tuple[ExceptionLine, ...] = ()


def export_record(paper: ExportPaper) -> bytes:
    """Return the record of an export as a PDF: one page, and more only where the log of exceptions is long."""
    data: dict[str, Value] = {
        "file_name": paper.file_name,
        "sha256": paper.sha256,
        "exported": moment(paper.exported),
        "exported_by": paper.exported_by,
        "counts": [
            ["Pupils in the file", paper.in_file],
            ["Processed", paper.processed],
            ["Not exported", paper.not_exported],
        ],
        "left_out": paper.not_exported > 0,
        "sent": [[each.way, moment(each.at), each.who, each.reference] for each in paper.sent],
        "exceptions": [[each.pupil, each.upn, each.message] for each in paper.exceptions],
    }
    return paper.frame.typeset("receipt", "Record of an export", data)
