"""The unique pupil number: its check letter, and every fault told apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keystage.pupils.upn import Fault, authorities, check_letter, explain_format, faults, is_temporary, is_well_formed

# Worked by hand in the facts: body, weighted sum, letter.
TABLE = [
    ("201100018042", 176, "R"),
    ("20110001804V", 384, "T"),
    ("801200005001", 93, "B"),
    ("207000016049", 266, "P"),
    ("999999919001", 427, "P"),
    ("999999919002", 440, "D"),
    ("99999991900A", 414, "A"),
]
LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


@pytest.mark.parametrize(("body", "total", "letter"), TABLE)
def test_the_check_letters_of_the_table(body, total, letter):
    values = [int(c) if c.isdigit() else LETTERS.index(c) for c in body]
    assert sum(weight * value for weight, value in zip(range(2, 14), values, strict=True)) == total
    assert LETTERS[total % 23] == letter
    assert check_letter(body) == letter


@pytest.mark.parametrize("upn", ["Y999999922001", "M999999922002", "B999999922003", "Q999999922004", "E999999922005"])
def test_the_upns_of_the_sample_are_sound(upn):
    assert faults(upn) == ()


def test_the_upn_that_is_quoted_as_wrong_is_wrong_in_its_letter_alone():
    assert faults("B207000016049") == (Fault.CHECK_LETTER,)
    assert faults("P207000016049") == ()


def slow_letter(body: str) -> str:
    """Work the letter out as the standard says it, step by step."""
    total = 0
    for weight, character in enumerate(body, start=2):
        total += weight * (LETTERS.index(character) if character in LETTERS else int(character))
    return LETTERS[total % 23]


bodies = st.builds(
    lambda digits, last: digits + last,
    st.from_regex(r"[0-9]{11}", fullmatch=True),
    st.sampled_from("0123456789" + LETTERS),
)


@given(bodies)
def test_the_letter_is_that_of_the_standard_for_any_body(body):
    assert check_letter(body) == slow_letter(body)


@given(bodies, st.integers(0, 10), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(body, place, more):
    wrong = body[:place] + str((int(body[place]) + more) % 10) + body[place + 1 :]
    assert Fault.CHECK_LETTER in faults(check_letter(body) + wrong)


@given(bodies, st.integers(0, 9))
def test_two_neighbours_that_changed_places_are_always_noticed(body, place):
    swapped = body[:place] + body[place + 1] + body[place] + body[place + 2 :]
    assert (Fault.CHECK_LETTER in faults(check_letter(body) + swapped)) == (swapped != body)


def test_a_missing_upn_is_told_apart_from_a_malformed_one():
    assert faults("") == (Fault.MISSING,)
    assert faults(" ") == (Fault.FORMAT,)


@pytest.mark.parametrize(
    "upn",
    [
        *("P99999991900", "P9999999190011", "p999999919001", "P99999991900a", " P999999919001", "P999999919001\n"),
        *("I999999919001", "O999999919001", "S999999919001", "P99999991900I", "P99999991900O", "P99999991900S"),
        *("1999999919001", "P9999999A9001", "P99999991900É", "P٩٩٩٩٩٩٩١٩٠٠١", "1.1E+12"),
    ],
)
def test_a_malformed_upn_has_that_fault_alone(upn):
    assert faults(upn) == (Fault.FORMAT,)
    assert not is_well_formed(upn)


def test_a_temporary_upn_is_sound_but_asked_about():
    assert faults("A99999991900A") == (Fault.TEMPORARY,)
    assert is_temporary("A99999991900A")
    assert not is_temporary("P999999919001")


def test_an_authority_that_is_not_known_is_asked_about():
    body = "004" + "99991900"
    assert faults(f"{slow_letter(body + '1')}{body}1") == ()
    body = "006" + "99991900"
    assert faults(f"{slow_letter(body + '1')}{body}1") == (Fault.UNKNOWN_AUTHORITY,)


def test_every_fault_of_a_well_formed_upn_is_told():
    letter = slow_letter("00099991900A")
    wrong = next(c for c in LETTERS if c != letter)
    assert faults(f"{wrong}00099991900A") == (Fault.CHECK_LETTER, Fault.UNKNOWN_AUTHORITY, Fault.TEMPORARY)


def test_the_authorities_are_those_of_the_facts():
    said = {999, 420, 815, 816, 850, 851, 852, 916, 919, 921, 935, 860, 861, 845, 846, 825, 826, 830, 831}
    ranges = [
        *((1, 5), (201, 213), (301, 320), (330, 336), (340, 344), (350, 359), (370, 373), (380, 384), (390, 394)),
        *((660, 681), (701, 708), (800, 803), (805, 808), (810, 813), (820, 823), (835, 841), (855, 857), (865, 896)),
        *((908, 909), (925, 926), (928, 929), (931, 931), (933, 933), (936, 938), (940, 943)),
    ]
    for first, last in ranges:
        said |= set(range(first, last + 1))
    assert authorities() == {f"{number:03}" for number in said}


@pytest.mark.parametrize(
    ("upn", "words"),
    [
        ("P99999991900", "it has 12 characters where a UPN has 13"),
        ("P", "it has 1 character where a UPN has 13"),
        ("p999999919001", "it has small letters or spaces in it"),
        ("P999 9999 19001", "it has small letters or spaces in it"),
        ("1.1E+12", "a spreadsheet has turned it into a rounded number, so the real digits are lost"),
        ("1E12", "a spreadsheet has turned it into a rounded number, so the real digits are lost"),
        ("O999999919001", "character 1 is “O” where a letter is needed (never I, O or S)"),
        ("P9999O9919001", "character 6 is “O” where a digit is needed"),
        (
            "199999991900I",
            (
                "character 1 is “1” where a letter is needed (never I, O or S); character 13 is “I” where a digit is"
                " needed, or for a temporary UPN a letter (never I, O or S)"
            ),
        ),
    ],
)
def test_what_is_wrong_is_said_in_words(upn, words):
    assert explain_format(upn) == words


@given(st.text(min_size=1, max_size=15))
def test_any_text_is_a_upn_or_its_fault_is_said(text):
    assert is_well_formed(text) or (faults(text) == (Fault.FORMAT,) and explain_format(text))
