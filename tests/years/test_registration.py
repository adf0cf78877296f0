import pytest

from keystage import years

REGISTRATION = years.load(2026).registration


def test_the_words_and_letters_for_a_test():
    assert [(each.word, each.letter) for each in REGISTRATION.test] == [
        ("registered", None),
        ("below", "B"),
        ("future", "F"),
        ("previous", "P"),
        ("left", "L"),
        ("absent", "A"),
        ("unable", "U"),
        ("just-arrived", "J"),
    ]


def test_the_words_for_the_pupil_as_a_whole():
    assert [each.word for each in REGISTRATION.pupil] == ["registered", "left", "unregistered"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "registered"),
        (" ", "registered"),
        ("B", "below"),
        ("b", "below"),
        ("Just-Arrived", "just-arrived"),
        ("X", None),
    ],
)
def test_a_status_is_read_from_a_word_a_letter_or_nothing(text, word):
    assert REGISTRATION.test_status(text) == word


@pytest.mark.parametrize(
    ("text", "word"), [("", "registered"), ("L", "left"), ("Unregistered", "unregistered"), ("B", None)]
)
def test_a_pupil_has_fewer_statuses_than_a_test(text, word):
    assert REGISTRATION.pupil_status(text) == word


def test_the_statuses_are_official_for_2023():
    assert years.load(2023).registration.provenance.basis == "official"
    assert years.load(2022).registration.provenance.basis == "assumed"
