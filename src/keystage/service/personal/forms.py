"""The forms of the pages about personal data."""

from django import forms

from keystage.service.design.forms import Form


class EraseForm(Form):
    """Why a pupil is erased, and, once what goes was looked at, that it is meant."""

    reason = forms.CharField(
        label="Why is the pupil erased?",
        help_text="This stays on record. Name nobody: write on what grounds, and a reference.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter why the pupil is erased"},
    )


class SureForm(EraseForm):
    """The second confirmation."""

    reason = forms.CharField(max_length=300, widget=forms.HiddenInput())
    sure = forms.RegexField(
        "(?i)^ *erase *$",
        label="Type “erase” to erase the pupil for good",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
        error_messages={"required": "Type “erase”, or cancel", "invalid": "Type “erase”, or cancel"},
    )


class HoldForm(Form):
    """Why nothing may be erased."""

    reason = forms.CharField(
        label="Why must it be kept?",
        help_text="For example the reference of a complaint or of a court. Name nobody.",
        max_length=300,
        error_messages={"required": "Enter why it must be kept"},
    )


class UpnForm(Form):
    """Whom to look for at the gateway."""

    upn = forms.RegexField(
        r"(?i)^\s*[A-Z][0-9]{11}[0-9A-Z]\s*$",
        label="The pupil’s UPN",
        help_text="The one they have now, or one they had before",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Enter a UPN",
            "invalid": "A UPN has 13 characters: a letter, 11 figures, and a figure or letter",
        },
    )
