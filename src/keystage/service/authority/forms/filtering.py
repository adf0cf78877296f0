"""Choosing which schools a list shows, and in what order."""

from django import forms

from keystage.service.authority.presenters.coverage import MARKS
from keystage.service.authority.presenters.coverage_order import COLUMNS, Choice
from keystage.service.gateway.models import State
from keystage.service.gateway.presenters.states import capital

_STATES = [("", "Every state"), *((str(state), capital(state)) for state in State)]
_ONLY = [("", "All of them"), *((name, mark.words) for name, mark in MARKS.items())]
_SORTS = [("", ""), *((f"{way}{name}", name) for name in COLUMNS for way in ("", "-"))]


class SchoolsFilter(forms.Form):
    """By state, by what else a school is, and by what it is called."""

    q = forms.CharField(label="Name or number of a school", required=False, max_length=100)
    state = forms.ChoiceField(label="State", required=False, choices=_STATES)
    only = forms.ChoiceField(label="Only those that are", required=False, choices=_ONLY)
    sort = forms.ChoiceField(required=False, choices=_SORTS, widget=forms.HiddenInput)

    @property
    def chosen(self) -> Choice:
        """What was chosen; a choice that is none counts as everything."""
        self.is_valid()
        return Choice(**{name: self.cleaned_data.get(name, "") for name in self.fields})
