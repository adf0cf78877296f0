"""Forms that speak plainly: what is said of a field left empty or misread, in GOV.UK's words and with its name."""

from collections.abc import Iterator

from django import forms
from django.forms.fields import Field

# A person may leave out a nought, or the century, or write a stop or a space where the hint has a stroke.
DATE_FORMATS = tuple(f"%d{mark}%m{mark}{year}" for mark in "/.- " for year in ("%Y", "%y"))
_CHOSEN = (forms.ChoiceField, forms.ModelChoiceField)  # and what Django derives from them

_HAVE_ARTICLES = ("a ", "an ", "the ", "your ", "one ")


class PlainWords:
    """Mixed into a form before Django's class, gives every field its words; a field's own words stay."""

    fields: dict[str, Field]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            speak_plainly(field, str(field.label or name.replace("_", " ").capitalize()))


class Form(PlainWords, forms.Form):
    """Django's form in plain words."""


def speak_plainly(field: Field, label: str) -> None:
    """Give a field GOV.UK's words where it has none of its own, and dates the ways people write them."""
    if isinstance(field, forms.DateField) and field.input_formats is forms.DateField.input_formats:
        field.input_formats = DATE_FORMATS
    usual = _usual_words(type(field))
    own = {key for key, words in field.error_messages.items() if words != usual.get(key)}
    field.error_messages |= {key: words for key, words in _words(field, label) if key not in own}


def lowered(label: str) -> str:
    """Return a label as a sentence goes on with it: ``Date of birth`` becomes ``date of birth``, ``UPN`` stays."""
    first = label.split(" ", maxsplit=1)[0]
    return label if first.isupper() or not first else label[0].lower() + label[1:]


def _usual_words(kind: type[Field]) -> dict[str, object]:
    usual: dict[str, object] = {}
    for each in reversed(kind.__mro__):
        usual |= getattr(each, "default_error_messages", {})
    return usual


def _words(field: Field, label: str) -> Iterator[tuple[str, str]]:
    # A question has no place in the middle of a sentence.
    subject = "Your answer" if label.endswith("?") else label
    filled_in = subject.replace("%", "%%")  # where Django fills in a value
    yield "required", _required(field, label)
    if isinstance(field, forms.FileField):
        yield "max_length", f"{filled_in}: the file’s name is too long. Give it a shorter one and choose it again"
    else:
        yield "max_length", f"{filled_in} must be %(limit_value)d characters or fewer"
    yield "min_length", f"{filled_in} must be %(limit_value)d characters or more"
    yield "max_value", f"{filled_in} must be %(limit_value)s or less"
    yield "min_value", f"{filled_in} must be %(limit_value)s or more"
    if isinstance(field, forms.DateField):
        yield "invalid", f"{subject} must be a real date, like 24/06/2026"
    elif isinstance(field, forms.IntegerField):
        yield "invalid", f"{subject} must be a whole number"
    elif isinstance(field, forms.EmailField):
        yield "invalid", "Enter an email address in the correct format, like name@example.com"
    elif isinstance(field, forms.FileField):
        yield "empty", "The selected file is empty"
        yield "missing", "Select a file"
        yield "invalid", "The file did not arrive. Select it again"
    if isinstance(field, _CHOSEN):
        yield "invalid_choice", f"{filled_in}: choose one of the answers given"


def _required(field: Field, label: str) -> str:
    if label.endswith("?"):
        return f"Answer the question: {label}"
    if isinstance(field, forms.FileField):
        return "Select a file"
    if isinstance(field, forms.BooleanField):
        return f"Tick the box: {label}"
    thing = lowered(label)
    article = "" if thing.startswith(_HAVE_ARTICLES) else "the "
    return f"{'Select' if isinstance(field, _CHOSEN) else 'Enter'} {article}{thing}"
