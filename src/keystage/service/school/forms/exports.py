"""What a person fills in to make the file, and to record that it was uploaded."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone

from keystage.service.school.lines import Line
from keystage.service.school.services.sent import ReceiptFile

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MOST_RECEIPT = 10_000_000
"""Bytes of a receipt that is kept."""
DATES = ("%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d-%m-%Y", "%d %m %Y", "%Y-%m-%d")
_TIMES = ("%H:%M", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p", "%I:%M %p", "%I %p")
_LEAVE, _REASON = "leave-", "reason-"


class MakeForm(forms.Form):
    """The file that is to be made, and who is left out of it."""

    seen = forms.CharField(widget=forms.HiddenInput)
    serial = forms.IntegerField(widget=forms.HiddenInput)
    dropped_note = forms.CharField(
        label="Why are they no longer in the file?",
        help_text="Leaving a pupil out of a file may not remove them at the gateway: remove them there too.",
        required=False,
        max_length=1000,
        widget=forms.Textarea,
        error_messages={"max_length": "The note must be 1,000 characters or fewer"},
    )

    def __init__(self, *args: object, lines: Iterable[Line] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.lines = tuple(lines)
        for line in self.lines:
            key, name = line.pupil.key, line.pupil.name
            self.fields[_LEAVE + key] = forms.BooleanField(required=False, label=f"Leave {name} out")
            self.fields[_REASON + key] = forms.CharField(
                required=False,
                max_length=300,
                label=f"Why is {name} left out?",
                error_messages={"max_length": f"The reason for {name} must be 300 characters or fewer"},
            )

    def clean(self) -> None:
        """Ask for the reason where somebody is left out."""
        for line in self.lines:
            name = _REASON + line.pupil.key
            if self.cleaned_data.get(_LEAVE + line.pupil.key) and not self.cleaned_data.get(name):
                self.add_error(name, f"Say why {line.pupil.name} is left out")

    @property
    def left_out(self) -> dict[str, str]:
        """The keys of those who are left out, each with the reason."""
        keys = [line.pupil.key for line in self.lines]
        return {key: self.cleaned_data[_REASON + key] for key in keys if self.cleaned_data.get(_LEAVE + key)}

    def choices(self) -> Iterator[tuple[Line, BoundField, BoundField]]:
        """Yield each pupil who may be left out, with the two fields."""
        for line in self.lines:
            yield line, self[_LEAVE + line.pupil.key], self[_REASON + line.pupil.key]


class ReceiptForm(forms.Form):
    """The receipt that the gateway gave, as a file."""

    receipt = forms.FileField(
        label="Receipt or screenshot",
        required=False,
        help_text="For example the confirmation page saved as a PDF. Up to 10 MB.",
        error_messages={"empty": "The selected file is empty", "max_length": "The name of the file is too long"},
    )

    def clean_receipt(self) -> "UploadedFile[bytes] | None":
        """Refuse a file that is too large to be a receipt."""
        file: UploadedFile[bytes] | None = self.cleaned_data["receipt"]
        if file is not None and (file.size or 0) > MOST_RECEIPT:
            raise forms.ValidationError("The receipt must be smaller than 10 MB")
        return file

    @property
    def file(self) -> ReceiptFile | None:
        """The receipt as it is kept; None where there is none."""
        file: UploadedFile[bytes] | None = self.cleaned_data["receipt"]
        return ReceiptFile(file.name or "receipt", file.read()) if file is not None else None


class UploadedForm(ReceiptForm):
    """That a person uploaded the file by hand, when, and what the gateway said."""

    on = forms.DateField(
        label="On which day was it uploaded?",
        help_text="For example, 24/6/2026",
        input_formats=DATES,
        error_messages={"required": "Enter the day", "invalid": "The day must be a real date, like 24/6/2026"},
    )
    at = forms.TimeField(
        label="At what time?",
        help_text="For example, 14:05",
        input_formats=_TIMES,
        error_messages={"required": "Enter the time", "invalid": "The time must be like 14:05"},
    )
    words = forms.CharField(
        label="What did the gateway say?",
        help_text="For example a reference number",
        required=False,
        max_length=1000,
        widget=forms.Textarea,
        error_messages={"max_length": "This must be 1,000 characters or fewer"},
    )
    field_order = ("on", "at", "words", "receipt")

    @property
    def moment(self) -> datetime:
        """When it was uploaded, by London's clocks."""
        day: date = self.cleaned_data["on"]
        clock: time = self.cleaned_data["at"]
        return timezone.make_aware(datetime.combine(day, clock))
