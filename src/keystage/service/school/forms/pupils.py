"""The forms of the pages about pupils."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from keystage.pupils.birthdays import parse_written
from keystage.pupils.upn_advice import tidy_upn
from keystage.returns.cohort import Verdict
from keystage.returns.roll import year_group
from keystage.service.school.models import Pupil
from keystage.service.school.presenters.cohort_words import GROUPS
from keystage.service.school.services.pupils import FIELDS, Details
from keystage.years.registration import PupilStatus, Registration, TestStatus


class DayField(forms.CharField):
    """A day, typed as people write it."""

    def __init__(self, *, label: str, help_text: str = "For example, 9 3 2015 or 09/03/2015") -> None:
        super().__init__(label=label, help_text=help_text, required=False)
        self.widget.attrs["class"] = "govuk-input--width-10"

    def clean(self, value: Any) -> date | None:
        """Return the day; None where nothing is typed."""
        text = " ".join(str(value or "").split())
        if not text:
            return None
        found = parse_written(text) or parse_written("/".join(text.replace(".", " ").replace("-", " ").split()))
        if found is None:
            raise forms.ValidationError(f"{self.label} must be a real date, such as 09/03/2015")
        return found

    def prepare_value(self, value: Any) -> Any:
        """Show a day as people write it."""
        return f"{value:%d/%m/%Y}" if isinstance(value, date) else value


class PupilForm(forms.Form):
    """What the roll says of a pupil."""

    surname = forms.CharField(label="Surname", max_length=150, required=False)
    forename = forms.CharField(label="Forename", max_length=150, required=False)
    upn = forms.CharField(
        label="UPN",
        max_length=40,
        required=False,
        help_text="The unique pupil number: a letter and 12 figures; a temporary one ends in a letter",
    )
    former_upn = forms.CharField(label="Former UPN", max_length=40, required=False)
    birth_date = DayField(label="Date of birth")
    sex = forms.ChoiceField(label="Sex", required=False)
    class_name = forms.CharField(label="Class", max_length=60, required=False)
    year_group = forms.CharField(
        label="Year group", max_length=10, required=False, help_text="Usually 6. Enter the year the pupil is taught in"
    )
    joined = DayField(label="Date of joining", help_text="The first day at this school")
    left = DayField(label="Date of leaving", help_text="The last day at this school. Leave it empty for a pupil here")
    disadvantaged = forms.TypedChoiceField(
        label="Disadvantaged",
        required=False,
        choices=[("", "Not known"), ("True", "Yes"), ("False", "No")],
        coerce=lambda value: value == "True",
        empty_value=None,
        help_text="No part of the return: the school’s own figures are broken down by it",
    )
    sen = forms.ChoiceField(
        label="Special educational needs",
        required=False,
        choices=[
            ("", "Not known"),
            ("none", "None"),
            ("support", "SEN support"),
            ("plan", "Education, health and care plan"),
        ],
        help_text="No part of the return",
    )
    first_language = forms.ChoiceField(
        label="First language",
        required=False,
        choices=[("", "Not known"), ("english", "English"), ("other", "Other than English")],
        help_text="No part of the return",
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, sex: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Not known"), ("F", "Female"), ("M", "Male")]
        if sex and sex not in ("F", "M"):
            choices.append((sex, f"“{sex}”, as it was brought in"))
        self.fields["sex"].choices = choices  # type: ignore[attr-defined]
        for name, width in (("upn", "20"), ("former_upn", "20"), ("year_group", "4"), ("class_name", "10")):
            self.fields[name].widget.attrs["class"] = f"govuk-input--width-{width}"
        for name in ("upn", "former_upn"):
            self.fields[name].widget.attrs |= {
                "autocomplete": "off",
                "spellcheck": "false",
                "autocapitalize": "characters",
            }
        for name in ("surname", "forename", "class_name"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    @classmethod
    def of(cls, pupil: Pupil, data: Any = None) -> "PupilForm":
        """Return the form of a pupil."""
        initial = {name: getattr(pupil, name) for name in (*FIELDS, "version")}
        return cls(data, initial=initial, sex=pupil.sex)

    def clean_upn(self) -> str:
        """Return the UPN in capitals and without spaces; what else is wrong with it is asked about, not refused."""
        return self._upn("upn")

    def clean_former_upn(self) -> str:
        """Return the former UPN in capitals and without spaces."""
        return self._upn("former_upn")

    def _upn(self, name: str) -> str:
        upn = tidy_upn(self.cleaned_data[name])
        if len(upn) > 20:
            raise forms.ValidationError("A UPN has 13 characters")
        return upn

    def clean_year_group(self) -> str:
        """Return the year group as a number in text."""
        return year_group(self.cleaned_data["year_group"])

    def clean(self) -> dict[str, Any]:
        """Refuse a pupil without a name, and one who left before joining."""
        cleaned = super().clean() or self.cleaned_data
        if not (cleaned.get("surname") or cleaned.get("forename")) and not {"surname", "forename"} & set(self.errors):
            self.add_error("surname", "Enter the pupil’s name")
        joined, left = cleaned.get("joined"), cleaned.get("left")
        if joined and left and left < joined:
            self.add_error("left", "The date of leaving is before the date of joining: correct the one that is wrong")
        return cleaned

    @property
    def details(self) -> Details:
        """What was filled in."""
        return Details(**{name: self.cleaned_data[name] for name in FIELDS})


class DecideForm(forms.Form):
    """What becomes of somebody, and why."""

    verdict = forms.ChoiceField(label="What becomes of this pupil?", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Why?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Others must be able to follow it. It is kept with your name and the time",
        error_messages={"required": "Say why, so that others can follow the decision"},
    )

    def __init__(self, *args: Any, on_roll: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = (Verdict.REPORT, Verdict.REPORT_AS_LEFT, Verdict.NOT_OURS) if on_roll else (Verdict.NOT_OURS,)
        field = self.fields["verdict"]
        field.choices = [(each, GROUPS[each].choice) for each in asked]  # type: ignore[attr-defined]
        field.error_messages["required"] = "Choose what becomes of the pupil"


class ReasonForm(forms.Form):
    """Why a pupil is taken off the roll."""

    reason = forms.CharField(
        label="Why?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example: put on the roll by mistake. For a pupil who left, enter the date of leaving instead",
        error_messages={"required": "Say why the pupil is taken off the roll"},
    )


class RegistrationForm(forms.Form):
    """Where a pupil stands for each test."""

    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tests = [(each.word, each.meaning) for each in registration.test]
        for name, label in (("reading", "Reading"), ("gps", "Grammar, punctuation and spelling"), ("maths", "Maths")):
            self.fields[name] = forms.ChoiceField(label=label, choices=tests)
        whole = [(each.word, each.meaning) for each in registration.pupil]
        self.fields["status"] = forms.ChoiceField(label="On the register", choices=whole)

    @property
    def tests(self) -> dict[str, TestStatus]:
        """The status for each test."""
        return {name: TestStatus(self.cleaned_data[name]) for name in ("reading", "maths", "gps")}

    @property
    def status(self) -> PupilStatus:
        """The status as a whole."""
        return PupilStatus(self.cleaned_data["status"])


class FilterForm(forms.Form):
    """Which pupils of the cohort table are shown."""

    class_name = forms.ChoiceField(label="Class", required=False)
    verdict = forms.ChoiceField(label="Group", required=False)
    name = forms.CharField(label="Name or UPN", required=False, max_length=150)

    def __init__(self, *args: Any, classes: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(f"={each}", each or "No class") for each in classes]
        self.fields["class_name"].choices = [("", "All classes"), *named]  # type: ignore[attr-defined]
        groups = [(each, words.heading) for each, words in GROUPS.items()]
        self.fields["verdict"].choices = [("", "All groups"), *groups]  # type: ignore[attr-defined]
