import re
from datetime import date

import pytest
from django import forms
from markupsafe import escape

from keystage.service.design.fields import FormError, form_errors, view_field
from service.design.catalogue import SENT, PupilForm, say

HOSTILE = "<script>alert('x')</script>\"&"


def drawn(form: forms.BaseForm, name: str, more: str = "") -> str:
    return say("{{ c.form_field(form[name]" + more + ") }}", form=form, name=name)


class Hostile(forms.Form):
    text = forms.CharField(label=HOSTILE, help_text=HOSTILE, initial=HOSTILE)
    area = forms.CharField(label=HOSTILE, help_text=HOSTILE, initial=HOSTILE, widget=forms.Textarea)
    select = forms.ChoiceField(label=HOSTILE, choices=[(HOSTILE, HOSTILE)], help_text=HOSTILE)
    radios = forms.ChoiceField(label=HOSTILE, choices=[(HOSTILE, HOSTILE)], widget=forms.RadioSelect)
    boxes = forms.MultipleChoiceField(choices=[(HOSTILE, HOSTILE)], widget=forms.CheckboxSelectMultiple)
    box = forms.BooleanField(label=HOSTILE, help_text=HOSTILE)
    hidden = forms.CharField(initial=HOSTILE, widget=forms.HiddenInput)
    password = forms.CharField(label=HOSTILE, widget=forms.PasswordInput)
    file = forms.FileField(label=HOSTILE, help_text=HOSTILE)

    def clean(self) -> None:
        for name in self.fields:
            self.add_error(name, HOSTILE)


@pytest.mark.parametrize("name", Hostile.base_fields)
@pytest.mark.parametrize(
    "form", [Hostile(), Hostile({"text": HOSTILE, "area": HOSTILE, "hidden": HOSTILE})], ids=["fresh", "sent"]
)
def test_nothing_a_person_wrote_becomes_markup(form: forms.Form, name: str) -> None:
    page = drawn(form, name)
    assert "<script" not in page
    assert str(escape(HOSTILE)) in page


@pytest.mark.parametrize(
    "name", [name for name in PupilForm.base_fields if name not in ("reason", "inline", "classes", "token")]
)
def test_a_label_belongs_to_its_input(name: str) -> None:
    page = drawn(PupilForm(), name)
    assert f'for="id_{name}"' in page
    assert f'id="id_{name}"' in page


def test_an_input_is_described_by_its_hint_and_its_error() -> None:
    page = drawn(PupilForm(SENT), "forename")
    assert 'aria-describedby="id_forename-hint id_forename-error"' in page
    assert 'id="id_forename-hint"' in page
    assert re.search(r'id="id_forename-error".*?Error:</span> Enter a forename', page, re.DOTALL)
    assert "govuk-input--error" in page


def test_a_group_of_choices_is_described_by_its_error_and_every_choice_has_its_label() -> None:
    page = drawn(PupilForm(SENT), "reason")
    assert 'aria-describedby="id_reason-error"' in page
    assert page.index("<legend") < page.index('id="id_reason-error"') < page.index('<input class="govuk-radios__input"')
    for each in ("id_reason", "id_reason-2", "id_reason-3"):
        assert f'id="{each}"' in page
        assert f'for="{each}"' in page


def test_a_choice_may_have_a_hint_of_its_own() -> None:
    page = drawn(PupilForm(), "reason")
    assert 'value="home" aria-describedby="id_reason-2-item-hint"' in page
    assert "Since before the test week." in page


@pytest.mark.parametrize(("name", "mark"), [("reason", "checked"), ("classes", "checked"), ("subject", "selected")])
def test_what_was_chosen_stays_chosen(name: str, mark: str) -> None:
    sent = {"reason": "home", "classes": ["6B"], "subject": "w"}
    chosen = {"reason": "home", "classes": "6B", "subject": "w"}[name]
    page = drawn(PupilForm(sent), name)
    assert page.count(f" {mark}") == 1
    assert re.search(rf'value="{chosen}"[^>]* {mark}', page)


def test_what_was_typed_comes_back_even_where_it_was_wrong() -> None:
    assert 'value="31/02/2026"' in drawn(PupilForm(SENT), "left_on")


def test_lines_of_text_come_back_letter_for_letter() -> None:
    # A browser drops the first line break after the tag.
    assert ">\n\n One\n  two</textarea>" in drawn(PupilForm(SENT), "note")


def test_text_revealed_by_a_choice_comes_back_letter_for_letter() -> None:
    form = PupilForm(SENT)
    more = '{% set more %}{{ c.form_field(form["note"]) }}{% endset %}'
    page = say(more + '{{ c.form_field(form["reason"], reveals={"other": more}) }}', form=form)
    assert ">\n\n One\n  two</textarea>" in page


def test_a_password_never_comes_back() -> None:
    page = drawn(PupilForm({"password": "correct horse"}), "password")
    assert "correct horse" not in page
    assert 'autocomplete="new-password"' in page


def test_a_date_is_shown_day_first() -> None:
    assert 'value="04/06/2026"' in drawn(PupilForm(initial={"left_on": date(2026, 6, 4)}), "left_on")


def test_an_optional_field_says_so_and_a_needed_one_leaves_the_asking_to_the_form() -> None:
    assert "Date the pupil left (optional)" in drawn(PupilForm(), "left_on")
    page = drawn(PupilForm(), "upn")
    assert "(optional)" not in page
    assert " required" not in page


def test_a_browser_cuts_nothing_off_and_a_number_is_typed_as_text() -> None:
    assert "maxlength" not in drawn(PupilForm(), "upn")
    page = drawn(PupilForm(), "count")
    assert 'type="text"' in page
    assert 'inputmode="numeric"' in page


def test_a_ticked_box_stays_ticked() -> None:
    assert " checked" in drawn(PupilForm({"agree": "on"}), "agree")
    assert " checked" not in drawn(PupilForm({}), "agree")


def test_a_label_can_be_the_heading_of_the_page() -> None:
    assert '<h1 class="govuk-label-wrapper">' in drawn(PupilForm(), "forename", ", page_heading=true")
    assert '<h1 class="govuk-fieldset__heading">' in drawn(PupilForm(), "reason", ", page_heading=true")


def test_several_inputs_in_one_field_are_refused() -> None:
    class Split(forms.Form):
        when = forms.SplitDateTimeField()

    with pytest.raises(TypeError, match="several inputs"):
        view_field(Split()["when"])


def test_the_summary_has_the_whole_forms_errors_first_and_leads_to_each_field() -> None:
    found = form_errors(PupilForm(SENT))
    assert found[0] == FormError("This pupil is on the roll already")
    assert FormError("Enter a forename", "id_forename") in found
    assert FormError("Select a reason", "id_reason") in found


def test_an_error_of_a_hidden_field_leads_nowhere() -> None:
    assert FormError("Enter the token") in form_errors(PupilForm(SENT))


def test_a_form_not_yet_sent_has_no_summary() -> None:
    assert say("{{ c.error_summary(form) }}", form=PupilForm()).strip() == ""


def test_several_forms_make_one_summary_with_ids_of_their_own() -> None:
    one, two = PupilForm(SENT, prefix="one"), PupilForm(SENT, prefix="two")
    ids = {error.id for error in form_errors([one, two])}
    assert {"id_one-forename", "id_two-forename"} <= ids


def test_a_set_of_forms_says_what_concerns_the_set() -> None:
    pupils = forms.formset_factory(PupilForm, max_num=1, validate_max=True)
    sent = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-forename": "A", "form-1-forename": "B"}
    assert form_errors(pupils(sent))[0] == FormError("Please submit at most 1 form.")
