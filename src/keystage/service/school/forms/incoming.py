"""Choosing a file to bring in."""

from typing import Any

from django import forms


class FileForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label="File",
        error_messages={
            "required": "Choose a file",
            "empty": "The file is empty. Export or download it again, and bring it in once it has something in it",
        },
    )

    def __init__(self, *args: Any, accept: str, hint: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = accept
        self.fields["file"].help_text = hint
