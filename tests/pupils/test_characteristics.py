import pytest

from keystage.pupils.characteristics import NOTHING_KNOWN, read_first_language, read_sen, read_yes_no


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *((each, True) for each in ("Y", "yes", " Yes ", "1", "TRUE")),
        *((each, False) for each in ("N", "no", "0", "False")),
        *((each, None) for each in ("", " ", "-", "not known", "2", "perhaps")),
    ],
)
def test_a_yes_or_a_no_is_read_and_anything_else_is_not_known(text, said):
    assert read_yes_no(text) is said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *((each, "none") for each in ("N", "none", "No SEN")),
        *((each, "support") for each in ("K", "k", "SEN support")),
        *((each, "plan") for each in ("E", "EHCP", "EHC plan", "S", "Education, health and care plan")),
        *((each, "") for each in ("", "X", "?", "maybe")),
    ],
)
def test_the_provision_for_special_needs_is_read_by_letter_or_in_words(text, said):
    assert read_sen(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *((each, "english") for each in ("ENG", "ENB", "English", "en", "believed to be English")),
        *((each, "other") for each in ("OTH", "OTB", "POL", "Urdu", "PNJA", "other than English")),
        *((each, "") for each in ("", "ZZZ", "NOBT", "REFU", "not known", "n/a", "-", "?", "X", "12", "none")),
    ],
)
def test_a_first_language_is_english_or_other_and_what_is_no_word_is_not_known(text, said):
    assert read_first_language(text) == said


def test_of_a_pupil_nothing_is_known_where_nothing_is_said():
    assert NOTHING_KNOWN == (None, "", "")
