"""The words of a form whose fields were made elsewhere."""

from collections.abc import Mapping
from typing import ClassVar, NamedTuple

from django import forms


class Words(NamedTuple):
    """What a field says."""

    label: str
    missing: str
    hint: str = ""
    autocomplete: str = ""
    classes: str = ""
    inputmode: str = ""


class InOurWords(forms.Form):
    """Gives the fields of a form of the sign-in library our labels, hints and errors, and takes away placeholders."""

    words: ClassVar[Mapping[str, Words]] = {}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name, words in self.words.items():
            field = self.fields[name]
            field.label, field.help_text = words.label, words.hint
            field.error_messages["required"] = words.missing
            _dress(field.widget.attrs, words)


def _dress(attributes: dict[str, object], words: Words) -> None:
    attributes.pop("placeholder", None)
    given = {"autocomplete": words.autocomplete, "class": words.classes, "inputmode": words.inputmode}
    attributes |= {name: value for name, value in given.items() if value}


SIX_FIGURES = Words(
    "Code", "Enter the code", autocomplete="one-time-code", classes="govuk-input--width-10", inputmode="numeric"
)
