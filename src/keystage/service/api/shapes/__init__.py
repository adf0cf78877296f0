"""What goes over the line: the bodies that programs send and the answers that they get."""

from keystage.service.api.shapes.base import Message, Shape, Text
from keystage.service.api.shapes.files import (
    Answer,
    Answers,
    Arrived,
    Confirmation,
    Difference,
    Finding,
    Findings,
    Links,
    Read,
)
from keystage.service.api.shapes.receipts import Receipt, ReceiptContent
from keystage.service.api.shapes.registers import Expected, Register
from keystage.service.api.shapes.results import Results, ResultsFile

__all__ = [
    "Answer",
    "Answers",
    "Arrived",
    "Confirmation",
    "Difference",
    "Expected",
    "Finding",
    "Findings",
    "Links",
    "Message",
    "Read",
    "Receipt",
    "ReceiptContent",
    "Register",
    "Results",
    "ResultsFile",
    "Shape",
    "Text",
]
