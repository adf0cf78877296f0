"""The forms about a pupil on the register."""

from typing import Any

from django import forms

from keystage.pupils.upn_advice import tidy_upn
from keystage.service.design.forms import Form
from keystage.service.gateway.models import RegisteredPupil
from keystage.service.gateway.services.registering import FIELDS, Entry
from keystage.sheets.registration import is_number
from keystage.years.registration import PupilStatus, Registration, TestStatus

_AT_REGISTRATION = (TestStatus.REGISTERED, TestStatus.BELOW, TestStatus.FUTURE, TestStatus.PREVIOUS)
"""What is said of a test when pupils are registered; the other statuses come with the attendance register."""
TESTS = {"reading": "Reading test", "gps": "Grammar, punctuation and spelling test", "maths": "Maths test"}
_WHOLE = {
    PupilStatus.REGISTERED: "Registered: belongs to this school’s list",
    PupilStatus.LEFT: "Left: has left this school. Give the date below",
    PupilStatus.UNREGISTERED: "Unregistered: is on the list by mistake. Say why below",
}
_DAY = "For example, 9/3/2015"


class EntryForm(Form):
    """What the register says of a pupil."""

    surname = forms.CharField(label="Surname", max_length=150)
    forename = forms.CharField(label="Forename", max_length=150)
    upn = forms.CharField(
        label="UPN",
        max_length=40,
        help_text="The unique pupil number: a letter and 12 figures; a temporary one ends in a letter",
    )
    former_upn = forms.CharField(label="Former UPN", max_length=40, required=False)
    birth_date = forms.DateField(label="Date of birth", help_text=_DAY)
    sex = forms.ChoiceField(label="Sex", choices=(), required=False)
    reading = forms.ChoiceField(label=TESTS["reading"], choices=())
    gps = forms.ChoiceField(label=TESTS["gps"], choices=())
    maths = forms.ChoiceField(label=TESTS["maths"], choices=())
    status = forms.ChoiceField(label="Pupil as a whole", widget=forms.RadioSelect, choices=list(_WHOLE.items()))
    date_left = forms.DateField(label="Date of leaving", required=False, help_text="For a pupil who has left")
    reason = forms.CharField(
        label="Why is the pupil on the list by mistake?",
        max_length=300,
        required=False,
        help_text="For a pupil who is unregistered. It is kept with your name and the time",
    )
    date_joined = forms.DateField(label="Date of joining", required=False, help_text="The first day at this school")
    next_school = forms.CharField(
        label="Secondary school",
        max_length=20,
        required=False,
        help_text="The DfE number of the school that the pupil goes on to, seven figures, if you know it",
    )
    version = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, registration: Registration, was: Entry | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.was = was
        self._offer("sex", _sexes(was.sex if was else ""))
        for test in TESTS:
            now = getattr(was, test) if was else ""
            self._offer(
                test,
                [
                    (each.word, f"{each.word.replace('-', ' ').capitalize()}: {each.meaning}")
                    for each in registration.test
                    if each.word in _AT_REGISTRATION or each.word == now
                ],
            )
        for name, width in (("upn", "20"), ("former_upn", "20"), ("next_school", "10")):
            self.fields[name].widget.attrs |= {"class": f"govuk-input--width-{width}", "spellcheck": "false"}
        for name in ("birth_date", "date_left", "date_joined"):
            self.fields[name].widget.attrs["class"] = "govuk-input--width-10"
        for name in ("surname", "forename", "upn", "former_upn"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    @classmethod
    def of(cls, pupil: RegisteredPupil, registration: Registration, was: Entry, data: Any = None) -> "EntryForm":
        """Return the form of a pupil."""
        initial = {name: getattr(pupil, name) for name in (*FIELDS, "version")}
        return cls(data, initial=initial, registration=registration, was=was)

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

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

    def clean_next_school(self) -> str:
        """Return the number of the next school as seven figures."""
        number = "".join(self.cleaned_data["next_school"].replace("/", "").split())
        if number and not is_number(number):
            raise forms.ValidationError("A school’s DfE number has seven figures")
        return number

    def clean(self) -> dict[str, Any]:
        """Ask for the date with which a pupil left, and for the reason of a mistake; refuse what contradicts itself."""
        cleaned = super().clean() or self.cleaned_data
        status, left, joined = (cleaned.get(name) for name in ("status", "date_left", "date_joined"))
        if status == PupilStatus.LEFT and not left and "date_left" not in self.errors:
            self.add_error("date_left", "Enter the date on which the pupil left")
        is_new = status == PupilStatus.UNREGISTERED and (self.was is None or self.was.status != status)
        if is_new and not str(cleaned.get("reason") or "").strip() and "reason" not in self.errors:
            self.add_error("reason", "Say why the pupil is on the list by mistake")
        if joined and left and left < joined:
            self.add_error("date_left", "The date of leaving is before the date of joining: correct the wrong one")
        return cleaned

    @property
    def entry(self) -> Entry:
        """What was filled in."""
        return Entry(**{name: self.cleaned_data[name] for name in FIELDS})

    @property
    def reason_given(self) -> str:
        """Why the pupil is there by mistake."""
        return str(self.cleaned_data.get("reason") or "")


def _sexes(sex: str) -> list[tuple[str, str]]:
    choices = [("", "Not known"), ("F", "Female"), ("M", "Male")]
    return choices if sex in ("", "F", "M") else [*choices, (sex, f"“{sex}”, as it was loaded")]


class FindForm(Form):
    """Which pupils are shown, and in which order."""

    name = forms.CharField(label="Name or UPN", required=False, max_length=150)
    order = forms.ChoiceField(
        label="In order of",
        required=False,
        choices=[("", "Name"), ("upn", "UPN"), ("born", "Date of birth"), ("status", "What differs first")],
    )


class NilForm(Form):
    """Why there is nobody to report."""

    reason = forms.CharField(
        label="Why is there nobody to report?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example: no pupil here finishes key stage 2 this year. It stands on the receipt",
    )


class DeclareForm(Form):
    """The headteacher's tick."""

    confirm = forms.BooleanField(label="I declare this as headteacher")
