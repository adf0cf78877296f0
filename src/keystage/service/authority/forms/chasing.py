"""A reminder: what it says, and whether it goes to schools that had one today."""

from django import forms

from keystage.service.design.forms import Form
from keystage.service.gateway.services.chasing import DATE, OWES, SCHOOL

_USUAL = (
    f"Of the key stage 2 teacher assessment return of {SCHOOL} this is missing still: {OWES}.\n\n"
    f"We ask for it by {DATE}. If something is in the way, tell us."
)


class ChaseForm(Form):
    """The message, the same for every school but for what is filled in."""

    message = forms.CharField(
        label="Message",
        help_text=f"{SCHOOL}, {OWES} and {DATE} are filled in for each school. Do not name a pupil: email is read by"
        " many.",
        max_length=3000,
        initial=_USUAL,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    again = forms.BooleanField(
        label="Write also to schools that were reminded today already", required=False,
    )  # fmt: skip
