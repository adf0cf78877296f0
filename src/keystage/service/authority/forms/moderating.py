"""What is asked for in moderation: schools, a visit, how a sample is proposed, judgements."""

from typing import Any

from django import forms
from django.http import QueryDict

from keystage.service.design.forms import Form
from keystage.service.gateway.presenters.moderation import Moderated
from keystage.service.gateway.services.moderating import Visit
from keystage.service.gateway.services.moderating_judgements import Judged
from keystage.years.subjects import Subject
from keystage.years.year import CollectionYear

SHARE = 15
"""Pupils of a hundred. Assumed: the figure of 2017; those of later years were not found (facts/return.md, 1.10)."""
LEAST = 1
SEEDS = 10_000


def _day(label: str, hint: str) -> forms.DateField:
    widget = forms.DateInput(attrs={"class": "govuk-input--width-10"})
    return forms.DateField(label=label, help_text=hint, required=False, widget=widget)


class FindForm(forms.Form):
    """Looking for the schools to choose among."""

    q = forms.CharField(label="Name or number of a school", required=False, max_length=100)

    @property
    def words(self) -> list[str]:
        """What is looked for; nothing looks for every school."""
        self.is_valid()
        return str(self.cleaned_data.get("q") or "").split()


class ChooseForm(Form):
    """Schools to be moderated, and what is known of the visits."""

    planned_on = _day("Day of the visit", "If it is known. For example, 09/06/2026")
    moderator = forms.CharField(
        label="Moderator", help_text="Who visits, if that is known", required=False, max_length=150
    )


class VisitForm(ChooseForm):
    """Everything that is kept of a visit."""

    held_on = _day("Held on", "Once the visit has been held")
    notes = forms.CharField(
        label="Notes", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="For your authority. The school does not see them. Do not name a pupil.",
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def visit(self) -> Visit:
        """What was said."""
        said = self.cleaned_data
        return Visit(said["planned_on"], said["moderator"], said["held_on"], said["notes"])


class ProposalForm(Form):
    """How a sample is proposed."""

    share = forms.IntegerField(
        label="Pupils of a hundred", min_value=1, max_value=100, initial=SHARE,
        help_text=f"{SHARE} is assumed: it is the figure of 2017, and those of later years are not known.",
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )  # fmt: skip
    least = forms.IntegerField(
        label="At least so many pupils", min_value=1, max_value=1000, initial=LEAST,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )  # fmt: skip
    seed = forms.IntegerField(
        label="Seed", min_value=0, max_value=SEEDS - 1,
        help_text="The same number chooses the same pupils again. Another one chooses others.",
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
    )  # fmt: skip


class JudgementForm(Form):
    """The moderated judgement of one pupil."""

    code = forms.ChoiceField(label="Moderated judgement", required=False)
    note = forms.CharField(label="Note", required=False, max_length=300)
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, pupil: Moderated, year: CollectionYear, data: QueryDict | None) -> None:
        initial = {"code": pupil.moderated, "note": pupil.note, "seen": pupil.version}
        super().__init__(data, prefix=pupil.key, initial=initial)
        self.pupil = pupil
        codes = year.code_table(Subject.WRITING).codes
        choices: Any = [("", "Not recorded"), *((each.code, each.code) for each in codes)]
        self.fields["code"].choices = choices  # type: ignore[attr-defined]
        self.fields["code"].label = f"Moderated judgement of {pupil.name}"
        self.fields["note"].label = f"Note on {pupil.name}"

    @property
    def judged(self) -> Judged:
        """What was said."""
        said = self.cleaned_data
        return Judged(self.pupil.key, said["code"], said["note"], said["seen"])
