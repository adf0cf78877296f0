"""Making a token for a program."""

from datetime import timedelta

from django import forms

from keystage.service.accounts.models import Organisation, Scope
from keystage.service.accounts.services.tokens import scopes_for
from keystage.service.design.forms import PlainWords

LASTS = {"30": "30 days", "90": "90 days", "365": "a year"}
"""For how long a token may hold, in days and in words."""


class TokenForm(PlainWords, forms.Form):
    """What a token is for, what it may be used for, and for how long."""

    name = forms.CharField(
        label="What is it for?",
        help_text="The program and where it runs, for example “Arbor in the office”",
        max_length=80,
        error_messages={"required": "Say what the token is for"},
    )
    scopes = forms.MultipleChoiceField(
        label="What may the program do?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what the program may do"},
    )
    lasts = forms.ChoiceField(
        label="For how long?",
        help_text="Then the program needs a new one.",
        choices=[(days, words.capitalize()) for days, words in LASTS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose for how long it holds"},
    )

    def __init__(self, *args: object, organisation: Organisation, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["scopes"]
        field.choices = [(each.name, _capitalised(each)) for each in scopes_for(organisation)]  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        """Take out what is not part of a name."""
        return " ".join(str(self.cleaned_data["name"]).split())

    @property
    def chosen_scopes(self) -> list[Scope]:
        """What it may be used for, once the form is valid."""
        return [Scope[each] for each in self.cleaned_data["scopes"]]

    @property
    def chosen_time(self) -> timedelta:
        """For how long it holds, once the form is valid."""
        return timedelta(days=int(self.cleaned_data["lasts"]))


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]
