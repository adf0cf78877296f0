"""The forms of the pages about results."""

from django import forms


class UndoForm(forms.Form):
    """Why the import of results is undone."""

    reason = forms.CharField(
        label="Why?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Others must be able to follow it. It is kept with your name and the time",
        error_messages={"required": "Say why the import of the results is undone"},
    )
