"""The settings of a school, its number, and its years."""

import re

from django import forms

from keystage.service.school.forms.exports import DATES

_DESTINATION = re.compile(r"[0-9A-Z]{3}[0-9A-Z]{4}", re.ASCII)


class SchoolForm(forms.Form):
    """The school's name and URN."""

    name = forms.CharField(
        label="Name of the school",
        help_text="It stands in the file and on everything that is printed.",
        max_length=120,
        error_messages={
            "required": "Enter the name of the school",
            "max_length": "The name must be 120 characters or fewer",
        },
    )
    urn = forms.RegexField(
        r"^\d{6}$",
        label="URN",
        help_text="The school’s unique reference number, six figures.",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-10"}),
        error_messages={"invalid": "A URN has six figures, like 123456"},
    )


class FileForm(forms.Form):
    """How the school's files are made."""

    folder_name = forms.CharField(
        label="Where the school keeps these files",
        help_text="Shown to whoever downloads a file. The program does not use it.",
        required=False,
        max_length=200,
        error_messages={"max_length": "This must be 200 characters or fewer"},
    )
    destination = forms.CharField(
        label="Destination",
        help_text="Leave it empty for the national agency, where the return goes. Another destination has seven"
        " characters, like 999LLLL for an authority that asks for a copy.",
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    security_message = forms.CharField(
        label="Security message",
        help_text="Shown to whoever downloads a file.",
        required=False,
        max_length=300,
        error_messages={"max_length": "The message must be 300 characters or fewer"},
    )
    include_former_upn = forms.BooleanField(
        label="Put a pupil’s former UPN in the file",
        required=False,
        help_text="It helps the gateway to find the pupil.",
    )

    def clean_destination(self) -> str:
        """Take a destination in small letters and with spaces, and refuse what is none."""
        found = str(self.cleaned_data["destination"]).replace(" ", "").replace("/", "").upper()
        if found and not _DESTINATION.fullmatch(found):
            raise forms.ValidationError("A destination has seven figures and letters, like NAALLLL")
        return found


class NumberForm(forms.Form):
    """A new DfE number, and since when."""

    number = forms.CharField(
        label="New DfE number",
        help_text="Three figures of the authority and four of the school, like 999/2001.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
        error_messages={"required": "Enter the new number"},
    )
    until = forms.DateField(
        label="Until which day did the old number hold?",
        help_text="For example, 31/8/2026",
        input_formats=DATES,
        widget=forms.DateInput(attrs={"class": "govuk-input--width-10"}),
        error_messages={
            "required": "Enter the last day of the old number",
            "invalid": "The day must be a real date, like 31/8/2026",
        },
    )

    def clean_number(self) -> str:
        """Take a number with a stroke or spaces in it."""
        found = re.sub(r"[\s/-]", "", str(self.cleaned_data["number"]))
        if not re.fullmatch(r"[0-9]{7}", found):
            raise forms.ValidationError("A DfE number has seven figures, like 999/2001")
        return found


class ReasonForm(forms.Form):
    """Why something unusual is done."""

    reason = forms.CharField(
        label="Why?",
        max_length=300,
        widget=forms.Textarea,
        error_messages={"required": "Say why", "max_length": "The reason must be 300 characters or fewer"},
    )
