"""Sending a file."""

from django import forms

from keystage.ctf.limits import too_large
from keystage.service.design.size import LARGEST

ACCEPT = ".xml,.ctf,.xlsx,.xlsm,.xls,.ods,.csv"


class FileForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label="Your file",
        help_text=f"A Common Transfer File (.xml), or the template as an Excel workbook or CSV file."
        f" It can be up to {LARGEST // 1_000_000} MB.",
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={
            "required": "Choose a file",
            "empty": "The file is empty. Export it again, and send it once it has something in it",
            "max_length": "The name of the file must be 200 characters or fewer",
        },
    )

    def clean_file(self) -> object:
        """Refuse a file that is too large."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(str(too_large(file.size)))
        return file
