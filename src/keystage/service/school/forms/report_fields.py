"""The fields of forms about reports for parents: texts with room for so many characters, and numbers of sessions."""

from typing import Any

from django import forms

from keystage.sheets.report_texts import LONGEST, MOST_SESSIONS, tidy


def text(label: str, help_text: str, longest: int = LONGEST, rows: int = 8) -> forms.CharField:
    """Return a field of a text, which may be so many characters long; the template counts them."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": rows, "data-most": longest}),
    )


def sessions(label: str, help_text: str) -> forms.IntegerField:
    """Return a field of a number of half days at school."""
    wrong = f"{label} must be a whole number of sessions, like 190"
    too_many = f"{label} must be {MOST_SESSIONS} or fewer"
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=0,
        max_value=MOST_SESSIONS,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
        error_messages={"invalid": wrong, "min_value": wrong, "max_value": too_many},
    )


class TidyForm(forms.Form):
    """Texts with one sort of line break, as long as there is room for; what is too long is said, and not cut off."""

    def clean(self) -> dict[str, Any]:
        """Tidy the texts and measure them."""
        cleaned = super().clean() or self.cleaned_data
        for name, field in self.fields.items():
            if isinstance(field.widget, forms.Textarea) and name in cleaned:
                cleaned[name] = tidy(cleaned[name])
                most = int(field.widget.attrs.get("data-most", LONGEST))
                if (length := len(cleaned[name])) > most:
                    too_long = f"{field.label} must be {most:,} characters or fewer. It has {length:,}"
                    self.add_error(name, too_long)
        return cleaned
