"""What people fill in for reports for parents."""

from collections.abc import Iterable
from typing import Any

from django import forms

from keystage.papers.badge import check_badge
from keystage.service.school.presenters.report_form import Untaken
from keystage.service.school.presenters.report_words import FIELD_WORDS
from keystage.service.school.services.report_import import sessions_faults
from keystage.service.school.services.report_settings import MOST_BADGE, BadgeChange, OnEveryReport
from keystage.service.school.services.report_texts import ReportTexts
from keystage.sheets.report_texts import LONGEST, MOST_SESSIONS, NUMBERS, TEXTS, tidy

_REASON = "reason-"
LONGEST_REASON = 300


def _text(label: str, help_text: str, longest: int = LONGEST, rows: int = 8) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": rows, "data-most": longest}),
    )


def _sessions(label: str, help_text: str) -> forms.IntegerField:
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


class _TidyForm(forms.Form):
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


class TextsForm(_TidyForm):
    """One pupil's report."""

    progress = _text(FIELD_WORDS["progress"], "With a short comment on what the results show")
    achievements = _text(
        FIELD_WORDS["achievements"],
        "In all subjects and activities: strengths, and what to work on next",
    )
    engagement = _text(
        FIELD_WORDS["engagement"],
        "Exploration, realisation, anticipation, persistence and initiation",
    )
    exempt_from = _text(
        FIELD_WORDS["exempt_from"],
        "Subjects of the national curriculum that the pupil does not follow. Leave it empty where there are none",
        300,
        2,
    )
    possible_sessions = _sessions(FIELD_WORDS["possible_sessions"], "Half days this school year that the pupil could attend")
    attended_sessions = _sessions(FIELD_WORDS["attended_sessions"], "Half days that the pupil was at school")
    unauthorised_absences = _sessions(FIELD_WORDS["unauthorised_absences"], "Half days missed without leave")
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, texts: ReportTexts, version: int, untaken: Iterable[Untaken], with_engagement: bool, **more: Any
    ) -> None:
        self.texts = texts
        initial = {name: getattr(texts, name) for name in (*TEXTS, *NUMBERS)}
        self.untaken = tuple(untaken)
        initial |= {_REASON + each.test: texts.reasons.get(each.test, "") for each in self.untaken}
        super().__init__(*args, initial={**initial, "version": version}, **more)
        if not with_engagement:
            del self.fields["engagement"]
        for each in self.untaken:
            self.fields[_REASON + each.test] = _text(
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
        if any(cleaned.get(name) is not None for name in NUMBERS) and cleaned.get("possible_sessions") is None:
            if not set(NUMBERS) & set(self.errors):
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


class ReportSettingsForm(_TidyForm):
    """What stands on every report."""

    arrangements = _text(
        "How can parents discuss the report?",
        "Every report must say so. For example: Please ring the office on 01632 960001 for a talk with the class teacher",
        1000,
        3,
    )
    head_name = forms.CharField(
        label="Headteacher’s name",
        required=False,
        max_length=150,
        error_messages={"max_length": "The name must be 150 characters or fewer"},
    )
    head_words = _text("Headteacher’s words to every family", "They stand at the end of each report", 1000, 4)
    language = forms.ChoiceField(
        label="Language of the fixed wording",
        widget=forms.RadioSelect,
        help_text="What people write is printed as they wrote it",
    )
    hidden_below = forms.IntegerField(
        label="Leave out the school’s figures of fewer pupils than",
        help_text="So that nobody’s result can be told from them. Usually 6, and never fewer than 3",
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
    badge = forms.FileField(
        label="The school’s badge",
        help_text="A PNG or JPEG picture of up to 1 MB. It stands at the top of each report",
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
        if file.size > MOST_BADGE:
            raise forms.ValidationError("The badge must be 1 MB or smaller. Save it smaller, then choose it again")
        content = file.read()
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
