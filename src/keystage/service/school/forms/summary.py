"""Of how many pupils a figure must be to be shown."""

from django import forms


def least_pupils(label: str, help_text: str) -> forms.IntegerField:
    """Return the field for the least number of pupils of whom a figure is shown."""
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=3,
        max_value=50,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-2"}),
        error_messages={
            "required": "Enter a number of pupils, like 6",
            "invalid": "Enter a whole number of pupils, like 6",
            "min_value": "Enter 3 or more: of two pupils, each family could tell the other’s result",
            "max_value": "Enter 50 or fewer",
        },
    )


class HidingForm(forms.Form):
    """The least number of pupils of whom a figure is shown."""

    hidden_below = least_pupils("Hide figures of fewer pupils than", "Usually 6, and never fewer than 3.")
