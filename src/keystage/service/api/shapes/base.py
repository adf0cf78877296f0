"""What all shapes stand on, and the one shape of every refusal."""

from typing import Annotated

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field


def _storable(text: str) -> str:
    if "\0" in text or any("\ud800" <= each <= "\udfff" for each in text):
        raise ValueError("must be text, without the character NUL")
    return text


Text = Annotated[str, AfterValidator(_storable), Field(json_schema_extra={"pattern": "^[^\\u0000]*$"})]
"""Words that a program sends: no database keeps NUL or half a character."""


class Shape(Schema):
    """What goes over the line; the words below a field are its description in the schema."""

    model_config = ConfigDict(use_attribute_docstrings=True)


class Message(Shape):
    """Why a request gets nothing."""

    message: str
    """What happened and what to do, for a person. The words may change; go by the status."""
