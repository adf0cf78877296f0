"""What people fill in for reports for parents."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from keystage.service.school.forms.report_fields import TidyForm, sessions, text
from keystage.service.school.presenters.report_form import Untaken
from keystage.service.school.presenters.report_words import FIELD_WORDS
from keystage.service.school.services.report_texts import ReportTexts, sessions_faults
from keystage.sheets.report_texts import NUMBERS, TEXTS

_REASON = "reason-"
LONGEST_REASON = 300


class TextsForm(TidyForm):
    """One pupil's report."""

    progress = text(FIELD_WORDS["progress"], "With a short comment on what the results show")
    achievements = text(
        FIELD_WORDS["achievements"],
        "In all subjects and activities: strengths, and what to work on next",
    )
    engagement = text(
        FIELD_WORDS["engagement"],
        "Exploration, realisation, anticipation, persistence and initiation",
    )
    exempt_from = text(
        FIELD_WORDS["exempt_from"],
        "Subjects of the national curriculum that the pupil does not follow. Leave it empty where there are none",
        300,
        2,
    )
    possible_sessions = sessions(FIELD_WORDS["possible_sessions"], "Half days that the pupil could attend")
    attended_sessions = sessions(FIELD_WORDS["attended_sessions"], "Half days that the pupil was at school")
    unauthorised_absences = sessions(FIELD_WORDS["unauthorised_absences"], "Half days missed without leave")
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None,
        *,
        texts: ReportTexts,
        version: int,
        untaken: Iterable[Untaken],
        with_engagement: bool,
    ) -> None:
        self.texts = texts
        initial = {name: getattr(texts, name) for name in (*TEXTS, *NUMBERS)}
        self.untaken = tuple(untaken)
        initial |= {_REASON + each.test: texts.reasons.get(each.test, "") for each in self.untaken}
        super().__init__(data, initial={**initial, "version": version})
        if not with_engagement:
            del self.fields["engagement"]
        for each in self.untaken:
            self.fields[_REASON + each.test] = text(
                f"Why was the {each.name} test not taken?",
                f"Leave it empty to print what the outcome means: {each.meaning}",
                LONGEST_REASON,
                2,
            )

    def clean(self) -> dict[str, Any]:
        """Refuse more sessions attended than there were."""
        cleaned = super().clean()
        if not set(NUMBERS) & set(self.errors):
            for fault in sessions_faults(**{name: cleaned[name] for name in NUMBERS}):
                self.add_error("attended_sessions", fault)
            if cleaned["possible_sessions"] is None and any(cleaned[name] is not None for name in NUMBERS):
                self.add_error("possible_sessions", "Enter the number of possible sessions too")
        return cleaned

    @property
    def reason_fields(self) -> list[forms.BoundField]:
        """The fields for the tests that were not taken."""
        return [self[_REASON + each.test] for each in self.untaken]

    @property
    def wanted(self) -> ReportTexts:
        """What is to stand there; what the page did not show stays as it is."""
        data = self.cleaned_data
        shown = {each.test: data[_REASON + each.test] for each in self.untaken}
        reasons = {**self.texts.reasons, **{str(test): words for test, words in shown.items()}}
        kept = {name: data.get(name, getattr(self.texts, name)) for name in (*TEXTS, *NUMBERS)}
        return ReportTexts(**kept, reasons={test: words for test, words in reasons.items() if words})


SHOWN = (
    ("", "All reports"),
    ("missing", "Something missing"),
    ("not made", "Not made yet"),
    ("again", "To be made again"),
)


class ReportFilterForm(forms.Form):
    """Which reports are shown."""

    class_name = forms.ChoiceField(label="Class", required=False)
    show = forms.ChoiceField(label="Show", choices=SHOWN, required=False)

    def __init__(self, *args: Any, classes: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(f"={each}", each or "No class") for each in classes]
        self.fields["class_name"].choices = [("", "All classes"), *named]  # type: ignore[attr-defined]
