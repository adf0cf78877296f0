"""Writing on a help thread, and finding one."""

from django import forms

from keystage.service.config.keys import new_key
from keystage.service.design.forms import Form
from keystage.service.gateway.services.helping import LONGEST


class MessageForm(Form):
    """What somebody writes. The key makes a form that is sent twice one message."""

    text = forms.CharField(
        label="Your message",
        max_length=LONGEST,
        widget=forms.Textarea,
        error_messages={
            "required": "Enter a message",
            "max_length": "Message must be %(limit_value)d characters or fewer",
        },
    )
    key = forms.CharField(required=False, max_length=40, initial=new_key, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        """Keep line breaks, in one way; refuse what is no text."""
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n").replace("\r", "\n")
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            raise forms.ValidationError("Message has a character that cannot be kept. Type it again") from None
        return text


class FindForm(forms.Form):
    """Which threads to list."""

    show = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[("", "Waiting for the helpdesk"), ("all", "All threads, the latest first")],
    )
    q = forms.CharField(label="School, by name or number", required=False, max_length=100)

    @property
    def chosen(self) -> tuple[bool, str]:
        """Whether every thread is wanted, and what to search for."""
        self.is_valid()
        return self.cleaned_data.get("show") == "all", str(self.cleaned_data.get("q", "")).strip()
