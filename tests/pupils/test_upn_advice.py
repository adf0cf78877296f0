"""What a person who types a UPN is told."""

import pytest

from keystage.pupils.upn import check_letter
from keystage.pupils.upn_advice import Advice, advise


def test_nothing_is_said_of_a_sound_upn() -> None:
    assert advise("G999200110001") == Advice("G999200110001", False, ())


def test_nothing_is_said_where_nothing_is_typed() -> None:
    assert advise("  ") == Advice("", False, ())


def test_small_letters_and_spaces_are_put_right_without_a_word() -> None:
    assert advise(" g9992 0011 0001 ") == Advice("G999200110001", False, ())


def test_the_right_letter_is_named() -> None:
    found = advise("A999200110001")
    assert found.is_wrong
    assert found.words == (
        (
            "It begins with A, but its other 12 characters need G. If only the first letter was mistyped, the UPN is"
            " G999200110001; if a figure was, the letter may be right."
        ),
    )


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("G99920011000", "This is not a UPN: it has 12 characters where a UPN has 13."),
        ("G9992O0110001", "This is not a UPN: character 6 is “O” where a digit is needed."),
        ("G99920٠110001", "This is not a UPN: character 7 is “٠” where a digit is needed."),
    ],
)
def test_the_wrong_character_is_named(typed: str, words: str) -> None:
    assert advise(typed) == Advice(typed, True, (words,))


def test_a_temporary_upn_is_asked_about_and_not_refused() -> None:
    body = "99920011000A"
    found = advise(check_letter(body) + body)
    assert not found.is_wrong
    assert found.words == (
        "It is a temporary UPN: it ends in a letter. Ask the last school or the authority for a permanent one.",
    )
