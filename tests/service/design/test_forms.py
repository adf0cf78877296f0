from datetime import date

import pytest
from django import forms

from keystage.service.design.forms import Form, PlainWords, lowered


class Asked(Form):
    upn = forms.CharField(label="UPN", max_length=13)
    left_on = forms.DateField(label="Date the pupil left")
    marks = forms.IntegerField(label="Marks", max_value=110)
    sent_by = forms.CharField(label="Your name")
    how_many = forms.IntegerField(label="How many pupils?", required=False)
    email = forms.EmailField(label="Email address")
    reason = forms.ChoiceField(choices=[("a", "A")])
    still_here = forms.ChoiceField(choices=[("y", "Yes")], label="Is the pupil still here?")
    agree = forms.BooleanField(label="I have read this")
    roll = forms.FileField()
    own = forms.CharField(error_messages={"required": "Say why"})


def errors(**sent: str) -> dict[str, str]:
    return {name: next(iter(found)) for name, found in Asked(sent).errors.items()}


def test_what_is_left_empty_is_asked_for_by_its_name() -> None:
    assert errors() == {
        "upn": "Enter the UPN",
        "left_on": "Enter the date the pupil left",
        "marks": "Enter the marks",
        "sent_by": "Enter your name",
        "email": "Enter the email address",
        "reason": "Select the reason",
        "still_here": "Answer the question: Is the pupil still here?",
        "agree": "Tick the box: I have read this",
        "roll": "Select a file",
        "own": "Say why",
    }


@pytest.mark.parametrize(
    ("name", "sent", "said"),
    [
        ("upn", "A8012000010012", "UPN must be 13 characters or fewer"),
        ("left_on", "31/02/2026", "Date the pupil left must be a real date, like 24/06/2026"),
        ("marks", "some", "Marks must be a whole number"),
        ("marks", "111", "Marks must be 110 or less"),
        ("how_many", "some", "Your answer must be a whole number"),
        ("email", "asha", "Enter an email address in the correct format, like name@example.com"),
        ("reason", "z", "Reason: choose one of the answers given"),
    ],
)
def test_what_is_misread_is_told_with_how_to_mend_it(name: str, sent: str, said: str) -> None:
    assert errors(**{name: sent})[name] == said


def test_a_label_with_a_per_cent_sign_is_said_as_it_is() -> None:
    class Share(Form):
        share = forms.CharField(label="Share in %", max_length=2)
        number = forms.IntegerField(label="Number in %", required=False)

    assert Share({"share": "100"}).errors["share"] == ["Share in % must be 2 characters or fewer"]
    assert Share({"number": "x"}).errors["number"] == ["Number in % must be a whole number"]
    assert Share({}).errors["share"] == ["Enter the share in %"]


@pytest.mark.parametrize("typed", ["24/06/2026", "24/6/26", "24.06.2026", "24-6-2026", "24 6 2026"])
def test_a_date_may_be_written_as_people_write_it(typed: str) -> None:
    assert Asked().fields["left_on"].clean(typed) == date(2026, 6, 24)


def test_a_date_the_american_way_round_is_refused() -> None:
    with pytest.raises(forms.ValidationError):
        Asked().fields["left_on"].clean("06/24/2026")


def test_words_given_to_one_form_do_not_reach_another() -> None:
    Asked()
    assert Asked.base_fields["upn"].error_messages["required"] == "This field is required."
    assert forms.CharField().error_messages["required"] == "This field is required."


def test_a_model_form_can_speak_plainly_too() -> None:
    class Mixed(PlainWords, forms.Form):
        name = forms.CharField()

    assert Mixed({}).errors["name"] == ["Enter the name"]


def test_a_label_goes_on_in_a_sentence_unless_it_is_initials() -> None:
    assert (lowered("Date of birth"), lowered("UPN of the pupil"), lowered("")) == (
        "date of birth",
        "UPN of the pupil",
        "",
    )
