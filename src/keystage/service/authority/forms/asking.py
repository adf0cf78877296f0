"""What an authority is asked for: a reason, a date, a zip."""

from typing import Any

from django import forms

from keystage.ctf.limits import LIMITS, too_large
from keystage.service.design.forms import Form
from keystage.service.gateway.services.authorities import EMAILS


class ReasonForm(Form):
    """Why a school is asked to send again."""

    reason = forms.CharField(
        label="Why should the school send again?",
        help_text="The school reads this in an email. Do not name a pupil: say what is wrong, and where.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter why the school should send again"},
    )


class SettingsForm(Form):
    """The authority's own date, and of what it is told by email."""

    due_on = forms.DateField(
        label="Your own date",
        help_text="For example, 12/06/2026. Leave it empty for none.",
        required=False,
        widget=forms.DateInput(attrs={"class": "govuk-input--width-10"}),
    )
    emails = forms.ChoiceField(
        label="What should you be told by email?", choices=list(EMAILS.items()), widget=forms.RadioSelect
    )


class ZipForm(Form):
    """A zip of many schools' files."""

    file = forms.FileField(
        label="Zip of schools’ files",
        help_text="Common Transfer Files (.xml) and filled templates (.xlsx, .xls, .ods, .csv) together,"
        " one file for each school.",
        widget=forms.ClearableFileInput(attrs={"accept": ".zip"}),
        error_messages={"required": "Select a zip", "empty": "The selected zip is empty"},
    )

    def clean_file(self) -> Any:
        """Refuse what is far too large."""
        file = self.cleaned_data["file"]
        if file.size > LIMITS.size:
            raise forms.ValidationError(str(too_large(file.size)))
        return file
