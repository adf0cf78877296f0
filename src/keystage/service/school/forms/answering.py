"""The note on a query."""

from django import forms


class AnswerForm(forms.Form):
    """Why what a check asks about is right."""

    note = forms.CharField(
        label="Why is it right?",
        help_text="It is kept with your name, and in the log of each file that is made.",
        widget=forms.Textarea,
        max_length=1000,
        error_messages={
            "required": "Say why it is right",
            "max_length": "The note must be 1,000 characters or fewer",
        },
    )
