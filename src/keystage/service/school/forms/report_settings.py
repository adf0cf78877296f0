"""What people fill in for every report for parents of a year."""

from collections.abc import Iterable
from typing import Any

from django import forms

from keystage.papers.badge import MOST_BYTES, check_badge
from keystage.service.school.forms.report_fields import TidyForm, text
from keystage.service.school.forms.summary import least_pupils
from keystage.service.school.services.report_settings import BadgeChange, OnEveryReport


class ReportSettingsForm(TidyForm):
    """What stands on every report."""

    arrangements = text(
        "How can parents discuss the report?",
        "Every report must say so. For example: Ring the office on 01632 960001 to arrange a talk with the teacher",
        1000,
        3,
    )
    head_name = forms.CharField(
        label="Headteacher’s name",
        required=False,
        max_length=150,
        error_messages={"max_length": "The name must be 150 characters or fewer"},
    )
    head_words = text("Headteacher’s words to every family", "They stand at the end of each report", 1000, 4)
    language = forms.ChoiceField(
        label="Language of the fixed wording",
        widget=forms.RadioSelect,
        help_text="What people write is printed as they wrote it",
    )
    hidden_below = least_pupils(
        "Leave out the school’s figures of fewer pupils than",
        "So that nobody’s result can be told from them. Usually 6, and never fewer than 3",
    )
    badge = forms.FileField(
        label="The school’s badge",
        help_text="A PNG or JPEG picture of up to 500 kB. It stands at the top of each report",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg"}),
        error_messages={"empty": "The file of the badge is empty"},
    )
    no_badge = forms.BooleanField(label="Take the badge off", required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, languages: Iterable[tuple[str, str]], has_badge: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = list(languages)  # type: ignore[attr-defined]
        if not has_badge:
            del self.fields["no_badge"]

    def clean_badge(self) -> BadgeChange:
        """Refuse a picture that cannot be printed."""
        file = self.cleaned_data["badge"]
        if not file:
            return BadgeChange()
        content = file.read(MOST_BYTES + 1)
        if wrong := check_badge(content):
            raise forms.ValidationError(wrong.rstrip("."))
        return BadgeChange(str(file.name), content)

    @property
    def wanted(self) -> OnEveryReport:
        """What is to stand on every report."""
        data = self.cleaned_data
        return OnEveryReport(
            data["arrangements"], data["head_name"], data["head_words"], data["language"], data["hidden_below"]
        )

    @property
    def badge_change(self) -> BadgeChange:
        """What becomes of the badge."""
        chosen: BadgeChange = self.cleaned_data["badge"]
        return chosen if chosen.content else BadgeChange(is_removed=bool(self.cleaned_data.get("no_badge")))
