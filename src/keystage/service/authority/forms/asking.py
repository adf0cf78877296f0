"""What an authority is asked for: a date, who sees figures, a zip."""

from typing import Any

from django import forms

from keystage.ctf.limits import LIMITS, too_large
from keystage.service.design.forms import Form
from keystage.service.gateway.services.authorities import EARLY, EMAILS, LARGEST_HIDDEN


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


class FiguresForm(Form):
    """Who sees figures early, and how small figures may be."""

    early_figures = forms.ChoiceField(
        label="Who sees figures before the results are released?",
        help_text="After the release, whoever may see figures sees them, and each school its own report.",
        choices=[(str(key), words) for key, words in EARLY.items()],
        widget=forms.RadioSelect,
    )
    hidden_below = forms.IntegerField(
        label="Hide figures of fewer pupils than",
        help_text="On the page of figures and in its files. 6 is usual; 0 hides nothing.",
        min_value=0,
        max_value=LARGEST_HIDDEN,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
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
