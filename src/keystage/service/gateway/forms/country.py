"""Looking for schools in the whole country; the reasons that the agency gives."""

from collections.abc import Mapping

from django import forms

from keystage.service.design.forms import Form
from keystage.service.gateway.models import State
from keystage.service.gateway.presenters.recorded import GROUPS, Narrowed
from keystage.service.gateway.presenters.states import capital

STATES = [("", "Every state"), *((str(state), capital(state)) for state in State)]


class SchoolsFilter(forms.Form):
    """By what a school is called, by state and by authority."""

    q = forms.CharField(label="Name or number of a school", required=False, max_length=100)
    state = forms.ChoiceField(label="State", required=False, choices=STATES)
    authority = forms.RegexField(
        r"^[0-9]{3}$",
        label="Authority’s number",
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
        error_messages={"invalid": "An authority’s number has three figures, like 201"},
    )

    @property
    def chosen(self) -> Mapping[str, str]:
        """What was chosen; a choice that is none counts as everything."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class RecordFilter(forms.Form):
    """What of the record of who did what is shown."""

    about = forms.ChoiceField(
        label="About",
        required=False,
        choices=[("", "Everything"), *((name, words) for name, (words, _) in GROUPS.items())],
    )
    person = forms.CharField(label="Name of who did it", required=False, max_length=100)
    school = forms.CharField(label="Name or number of a school", required=False, max_length=100)
    on = forms.DateField(
        label="On the day",
        required=False,
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        widget=forms.DateInput(attrs={"class": "govuk-input--width-10", "placeholder": "18/6/2026"}),
        error_messages={"invalid": "The day must be a real date, like 18/6/2026"},
    )

    @property
    def narrowed(self) -> Narrowed:
        """What was asked for; what cannot be meant asks for everything."""
        self.is_valid()
        chosen = {name: self.cleaned_data.get(name) or "" for name in ("about", "school")}
        return Narrowed(**chosen, who=self.cleaned_data.get("person") or "", on=self.cleaned_data.get("on"))


class AskForm(Form):
    """Why a school is asked to send again."""

    reason = forms.CharField(
        label="Why should the school send again?",
        help_text="The school and its authority read this in an email. Do not name a pupil: say what is wrong, and"
        " where.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter why the school should send again"},
    )


class RemoveForm(Form):
    """Why a return is removed."""

    reason = forms.CharField(
        label="Why is the return removed?",
        help_text="The school sees this with its return. Do not name a pupil.",
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter why the return is removed"},
    )
