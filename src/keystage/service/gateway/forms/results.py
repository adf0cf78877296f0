"""What the operator fills in to load, prepare, release and withdraw results."""

from datetime import date, datetime, time
from typing import Any

from django import forms

from keystage.service.design.forms import Form
from keystage.service.gateway.forms.clocks import NotOnce, moment_once

_TIMES = ("%H:%M", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p", "%I:%M %p", "%I %p")


class LoadForm(Form):
    """The national results file."""

    file = forms.FileField(
        label="National results file",
        help_text="One CSV file of all schools, a row a pupil, with columns such as LEA, ESTAB, UPN and READOUTCOME.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt"}),
        max_length=200,
    )


class TimeForm(Form):
    """From when results can be had, by London's clocks."""

    on = forms.DateField(label="Day of the release", help_text="For example, 16/7/2026")
    at = forms.TimeField(
        label="Time of the release",
        help_text="By the clocks in London. For example, 7:30am or 07:30",
        input_formats=_TIMES,
        error_messages={"invalid": "Time of the release must be a real time, like 7:30am or 07:30"},
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a time that London's clocks leave out, or show twice, on the night when they are changed."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        day, clock = found.get("on"), found.get("at")
        if isinstance(day, date) and isinstance(clock, time):
            try:
                found["moment"] = _moment(day, clock)
            except NotOnce as refused:
                self.add_error("at", str(refused))
        return found

    @property
    def moment(self) -> datetime:
        """The second from which results can be had."""
        moment: datetime = self.cleaned_data["moment"]
        return moment


def _moment(day: date, clock: time) -> datetime:
    if not 2000 <= day.year <= 2100:
        raise NotOnce("Day of the release must be in this century")
    return moment_once(day, clock)


class PrepareForm(Form):
    """That files are prepared, also where there are errors."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    go_on = forms.BooleanField(
        label="Prepare the files with these errors in them",
        required=False,
    )

    def __init__(self, *args: Any, errors: int, **kwargs: Any) -> None:
        super().__init__(*args, initial={"seen": errors}, **kwargs)
        self.number = errors
        if not errors:
            del self.fields["go_on"]

    @property
    def errors_seen(self) -> int:
        """The number of errors that the person saw and goes on with."""
        return (self.cleaned_data.get("seen") or 0) if self.cleaned_data.get("go_on") else 0


class WithdrawForm(Form):
    """Why results are taken back."""

    reason = forms.CharField(
        label="Why are these results withdrawn?",
        help_text="If they were released already, everybody who could download them reads this.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
