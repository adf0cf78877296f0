"""Reporting something as wrong in a provisional report, and saying why it is right."""

from django import forms

from keystage.service.design.forms import Form
from keystage.service.gateway.reported import whats
from keystage.service.gateway.services.correction_requests import LONGEST


class WrongForm(Form):
    """What is wrong of the school as a whole."""

    says = forms.CharField(
        label="What is wrong?",
        help_text="Say what it should be. Your authority and the agency read this at the gateway; no email repeats it.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter what is wrong"},
    )


class WrongOfPupilForm(WrongForm):
    """What is wrong of a pupil."""

    what = forms.ChoiceField(
        label="What is it about?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select what it is about"},
    )
    field_order = ("what", "says")

    def __init__(self, *args: object, with_tests: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = list(whats(with_tests=with_tests).items())  # type: ignore[attr-defined]


class RightForm(Form):
    """Why what was reported is right."""

    because = forms.CharField(
        label="Why is it right?",
        help_text="The school reads it after the words “marked as right, because”. It stands in the record: do not name"
        " a pupil.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter why it is right"},
    )
