"""One's own account."""

from django import forms

from keystage.service.accounts.forms.words import SIX_FIGURES


class NameForm(forms.Form):
    """Another name."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Enter your name"},
    )

    def clean_name(self) -> str:
        """Take out what is not part of a name."""
        return " ".join(str(self.cleaned_data["name"]).split())


class EmailForm(forms.Form):
    """Another email address."""

    email = forms.EmailField(
        label="New email address",
        help_text="A code is sent there. The address changes once you have entered it.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Enter an email address",
            "invalid": "Enter an email address like name@example.com",
        },
    )

    def clean_email(self) -> str:
        """Return it in small letters, as it is kept."""
        return str(self.cleaned_data["email"]).lower()


class EmailCodeForm(forms.Form):
    """The code that went to the new address."""

    code = forms.CharField(
        label=SIX_FIGURES.label,
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": SIX_FIGURES.classes}
        ),
        error_messages={"required": SIX_FIGURES.missing},
    )


class CloseForm(forms.Form):
    """That an account is to be closed, and is meant."""

    sure = forms.RegexField(
        "(?i)^ *close *$",
        label="Type “close” to close your account for good",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
        error_messages={"required": "Type “close”, or cancel", "invalid": "Type “close”, or cancel"},
    )
