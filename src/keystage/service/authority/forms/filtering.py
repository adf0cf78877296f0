"""Choosing which schools a list shows."""

from collections.abc import Mapping

from django import forms

from keystage.service.gateway.models import State
from keystage.service.gateway.presenters.states import capital

STATES = [("", "Every state"), *((str(state), capital(state)) for state in State)]


class SchoolsFilter(forms.Form):
    """By state, and by what a school is called."""

    q = forms.CharField(label="Name or number of a school", required=False, max_length=100)
    state = forms.ChoiceField(label="State", required=False, choices=STATES)

    @property
    def chosen(self) -> Mapping[str, str]:
        """What was chosen; a choice that is none counts as everything."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}
