"""The token that a school was given at the gateway."""

import re

from django import forms

_TOKEN = re.compile(r"[!-~]{8,500}", re.ASCII)


class GatewayTokenForm(forms.Form):
    """A token, typed or pasted; it is never sent back to the page."""

    token = forms.CharField(
        label="Token",
        help_text="Paste it as the gateway showed it. It is not shown again here.",
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Enter the token"},
    )

    def clean_token(self) -> str:
        """Refuse what cannot be a token: it travels in a header, where spaces and other letters have no place."""
        found = str(self.cleaned_data["token"]).strip()
        if not _TOKEN.fullmatch(found):
            raise forms.ValidationError(
                "This cannot be a token. It is 8 to 500 letters, figures and signs without spaces: copy all of it"
            )
        return found
