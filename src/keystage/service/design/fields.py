"""A form's fields as the templates draw them: what to show of each, taken from Django's bound field."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from django import forms
from django.forms.boundfield import BoundField

Attributes = dict[str, str | bool]
Asked: TypeAlias = "forms.BaseForm | forms.BaseFormSet[forms.BaseForm] | Sequence[forms.BaseForm]"

_DRAWN_BY = (  # the first that fits
    (forms.HiddenInput, "hidden"),
    (forms.PasswordInput, "password"),
    (forms.FileInput, "file"),
    (forms.Textarea, "textarea"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
)
# What GOV.UK's markup or the form's own checking takes care of. A browser cuts what is longer than `maxlength` without
# a word, and changes a number when the wheel is turned over it: such limits are the form's to check, and to explain.
_NOT_PASSED_ON = {
    *("id", "class", "required", "autocomplete", "aria-describedby", "aria-invalid"),
    *("rows", "cols", "maxlength", "minlength", "min", "max", "step"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that a person can choose."""

    value: str
    text: str
    chosen: bool
    hint: str = ""


@dataclass(frozen=True, slots=True)
class FieldView:
    """What a template draws of one field."""

    kind: str
    """text, password, file, textarea, select, radios, checkboxes, checkbox or hidden."""
    id: str
    """Of the input, or of the first of several: an error links to it."""
    name: str
    label: str
    hint: str
    error: str
    value: str
    input_type: str
    classes: str
    required: bool
    choices: tuple[Choice, ...]
    autocomplete: str | None
    """What the browser may fill in by itself, where the form says so."""
    attributes: Attributes

    @property
    def options(self) -> list[dict[str, str | bool]]:
        """The choices as GOV.UK's list of options wants them."""
        return [{"value": each.value, "text": each.text, "selected": each.chosen} for each in self.choices]


@dataclass(frozen=True, slots=True)
class FormError:
    """One line of the error summary; without an id it concerns the whole form."""

    text: str
    id: str = ""


def view_field(field: BoundField) -> FieldView:
    """Return what to draw of a field."""
    widget = field.field.widget
    kind = next((name for kind, name in _DRAWN_BY if isinstance(widget, kind)), "text")
    if isinstance(widget, forms.MultiWidget):
        raise TypeError(
            f"The field {field.name} has several inputs in one. Ask with one input, or with several fields."
        )
    several = kind in {"checkboxes", "radios", "select"}
    return FieldView(
        kind=kind,
        id=field_id(field),
        name=field.html_name,
        label=str(field.label),
        hint=str(field.help_text),
        error=" ".join(str(error) for error in field.errors),
        value="" if several or kind in {"password", "file"} else _shown(field),
        input_type="text" if _is_number(widget) else str(getattr(widget, "input_type", "text")),
        classes=str(widget.attrs.get("class", "")),
        required=field.field.required,
        choices=tuple(_choices(field)) if several else (),
        autocomplete=widget.attrs.get("autocomplete"),
        attributes=_attributes(widget),
    )


def field_id(field: BoundField) -> str:
    """Return the id of a field's input, or of the first of several."""
    return field.auto_id or f"id_{field.html_name}"


def form_errors(asked: Asked) -> tuple[FormError, ...]:
    """Return the lines of the error summary for a form, a set of forms or several forms, in the order of the page."""
    if isinstance(asked, forms.BaseForm):
        return tuple(_errors_of(asked))
    whole = asked.non_form_errors() if isinstance(asked, forms.BaseFormSet) else ()
    return tuple([FormError(str(error)) for error in whole] + [each for form in asked for each in _errors_of(form)])


def _errors_of(form: forms.BaseForm) -> Iterable[FormError]:
    if not form.is_bound:
        return
    for error in form.non_field_errors():
        yield FormError(str(error))
    for field in form:
        hidden = isinstance(field.field.widget, forms.HiddenInput)
        for error in field.errors:
            yield FormError(str(error), "" if hidden else field_id(field))


def _shown(field: BoundField) -> str:
    value = field.value()
    if isinstance(field.field.widget, forms.CheckboxInput):
        return "on" if field.field.widget.check_test(value) else ""
    if isinstance(value, date) and not isinstance(value, datetime) and not _own_format(field):
        return f"{value:%d/%m/%Y}"
    shown = field.field.widget.format_value(value)
    return "" if shown is None else str(shown)


def _own_format(field: BoundField) -> bool:
    return bool(getattr(field.field.widget, "format", None))


def _choices(field: BoundField) -> Iterable[Choice]:
    """Yield the answers as the widget has them, chosen or not; groups of answers are taken apart."""
    widget = field.field.widget
    assert isinstance(widget, forms.widgets.ChoiceWidget)  # noqa: S101 - `several` has made sure of it
    chosen = widget.format_value(field.value())
    hints: dict[str, str] = getattr(field.field, "choice_hints", {})
    for _group, options, _index in widget.optgroups(field.html_name, [str(each) for each in chosen]):
        for option in options:
            value = str(option["value"])
            yield Choice(value, str(option["label"]), bool(option["selected"]), hints.get(value, ""))


def _is_number(widget: forms.Widget) -> bool:
    return getattr(widget, "input_type", "") == "number"


def _attributes(widget: forms.Widget) -> Attributes:
    return ({"inputmode": "numeric"} if _is_number(widget) else {}) | {
        name: value if isinstance(value, bool) else str(value)
        for name, value in widget.attrs.items()
        if name not in _NOT_PASSED_ON and value not in (None, False)
    }
