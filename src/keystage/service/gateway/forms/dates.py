"""The forms about the dates of a collection and of a school."""

from datetime import date, datetime, time
from typing import Any

from django import forms

from keystage.checks.london import london_time
from keystage.service.design.forms import Form, speak_plainly
from keystage.service.gateway.forms.clocks import NotOnce, moment_once
from keystage.service.gateway.services.collections import Dates, end_of, out_of_order, start_of

OPENS = {"opens_at": "Files are taken from", "registration_opens_at": "Registration opens"}
ENDS = {
    "registration_due_at": "Registration is due by",
    "registration_closes_at": "Joiners and leavers can be entered until",
    "closes_at": "Files are taken until",
}
ORDER = ("registration_opens_at", "registration_due_at", "registration_closes_at", "opens_at", "closes_at")
_IN_ORDER = tuple((name, {**OPENS, **ENDS}[name]) for name in ORDER)
_NEEDED = ("opens_at", "closes_at")
_HINTS = {
    False: "For example, 18/5/2026. Without a time, from the beginning of the day",
    True: "For example, 26/6/2026. Without a time, until midnight at the end of the day",
}
"""By whether it is an end."""
_EARLIEST, _LATEST = date(2000, 1, 1), date(2199, 12, 31)


class DayField(forms.DateField):
    """A day of our time, as people write it."""

    about = ""
    """What messages call it, where the label says less."""

    def clean(self, value: Any) -> date | None:
        """Refuse a day that no collection has."""
        found: date | None = super().clean(value)
        if found and not _EARLIEST <= found <= _LATEST:
            raise forms.ValidationError(f"{self.about or self.label} must be a date between 2000 and 2199")
        return found


class ClockField(forms.CharField):
    """A time of day on the 24-hour clock, such as 9:00."""

    about = ""
    """What messages call it, where the label says less."""

    def clean(self, value: Any) -> time | None:
        """Return the time; None where nothing is written."""
        text = str(super().clean(value) or "").strip().replace(".", ":")
        if not text:
            return None
        try:
            return datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 - a time of day has no zone
        except ValueError:
            raise forms.ValidationError(f"{self.about or self.label} must be a time, like 9:00 or 17:30") from None


class DatesForm(Form):
    """The dates of a collection, by London's clocks."""

    def __init__(self, *args: Any, dates: Dates | None = None, **kwargs: Any) -> None:
        initial = {name: text for field in ORDER for name, text in _shown(field, dates).items()}
        super().__init__(*args, initial=initial, **kwargs)
        for each in ORDER:
            for name, field in _fields(each).items():
                self.fields[name] = field
                speak_plainly(field, field.about)

    @property
    def groups(self) -> list[tuple[str, str, Any, Any]]:
        """Each date: what it is, a hint, and the fields for the day and the time."""
        return [
            (f"{words}{'' if name in _NEEDED else ' (optional)'}", _HINTS[name in ENDS], *self._pair(name))
            for name, words in _IN_ORDER
        ]

    def _pair(self, name: str) -> tuple[Any, Any]:
        return self[f"{name}_day"], self[f"{name}_time"]

    def clean(self) -> dict[str, Any]:
        """Refuse dates that are out of order."""
        cleaned = super().clean() or self.cleaned_data
        for each in ORDER:
            if not self.errors.keys() & {f"{each}_day", f"{each}_time"}:
                self._refuse_what_is_not_once(each)
        if not self.errors:
            why = out_of_order(self.dates)
            if why:
                self.add_error(f"{why[0]}_day", why[1])
        return cleaned

    def _refuse_what_is_not_once(self, name: str) -> None:
        try:
            self._moment(name)
        except NotOnce as refused:
            self.add_error(f"{name}_time", str(refused))

    @property
    def dates(self) -> Dates:
        """What was filled in."""
        return Dates(**{name: self._moment(name) for name in Dates._fields})  # type: ignore[arg-type]

    def _moment(self, name: str) -> datetime | None:
        return moment(self.cleaned_data[f"{name}_day"], self.cleaned_data[f"{name}_time"], is_end=name in ENDS)


def _fields(name: str) -> dict[str, DayField | ClockField]:
    words = {**OPENS, **ENDS}[name]
    day = DayField(label="Day", required=name in _NEEDED)
    day.about = f"The day in “{words}”"
    day.widget.attrs["class"] = "govuk-input--width-10"
    clock = ClockField(label="Time", required=False, max_length=10)
    clock.about = f"The time in “{words}”"
    clock.widget.attrs["class"] = "govuk-input--width-5"
    return {f"{name}_day": day, f"{name}_time": clock}


def moment(day: date | None, clock: time | None, *, is_end: bool) -> datetime | None:
    """Return the moment that a day and perhaps a time name; what ends without a time ends with its day.

    Raises:
        NotOnce: London's clocks leave the time out on that day, or show it twice.
    """
    if day is None:
        return None
    if clock is not None:
        return moment_once(day, clock)
    return end_of(day) if is_end else start_of(day)


def _shown(name: str, dates: Dates | None) -> dict[str, str]:
    found: datetime | None = getattr(dates, name) if dates else None
    if found is None:
        return {}
    local = london_time(found)
    is_midnight = local.time() == time()
    day = local.date()
    if is_midnight and name in ENDS:
        day = date.fromordinal(day.toordinal() - 1)
    return {f"{name}_day": f"{day:%d/%m/%Y}", f"{name}_time": "" if is_midnight else f"{local:%H:%M}"}


class OpenForm(Form):
    """Which year's collection to open."""

    year = forms.TypedChoiceField(label="Collection year", coerce=int, choices=())

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(each, str(each)) for each in years]  # type: ignore[attr-defined]


class SinglePupilsForm(Form):
    """Whether the sound pupils of a file with errors count."""

    accepts = forms.ChoiceField(
        label="What counts of a file with errors?",
        widget=forms.RadioSelect,
        choices=[
            ("no", "Nothing: the whole file waits until its errors are corrected"),
            ("yes", "The pupils without errors; the others wait"),
        ],
    )


class ExtendForm(Form):
    """Until when a school may send, and why."""

    until_day = DayField(label="Day", error_messages={"required": "Enter the day until which the school may send"})
    until_time = ClockField(label="Time", required=False, max_length=10)
    reason = forms.CharField(
        label="Why?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The school and its authority see it. Do not name a pupil",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until_day"].widget.attrs["class"] = "govuk-input--width-10"
        self.fields["until_time"].widget.attrs["class"] = "govuk-input--width-5"

    def clean(self) -> dict[str, Any]:
        """Refuse a time that London's clocks leave out, or show twice."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                cleaned["until"] = moment(cleaned["until_day"], cleaned["until_time"], is_end=True)
            except NotOnce as refused:
                self.add_error("until_time", str(refused))
        return cleaned

    @property
    def until(self) -> datetime:
        """The moment."""
        found: datetime = self.cleaned_data["until"]
        return found


class ModeratedForm(Form):
    """Whether a school is moderated, and when."""

    moderated = forms.ChoiceField(
        label="Is the school’s writing moderated this year?",
        widget=forms.RadioSelect,
        choices=[("yes", "Yes"), ("no", "No")],
    )
    visit_on = DayField(label="Day of the visit", required=False, help_text="If it is known. For example, 9/6/2026")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visit_on"].widget.attrs["class"] = "govuk-input--width-10"


class SearchForm(Form):
    """Which schools are shown."""

    name = forms.CharField(label="School’s name or DfE number", required=False, max_length=120)


class LoadForm(Form):
    """The file with the expected pupils of every school."""

    file = forms.FileField(
        label="The file",
        help_text="A CSV file with the columns of the register and each school’s DfE number",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv"}),
    )
