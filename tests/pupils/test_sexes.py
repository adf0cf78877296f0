"""A pupil's sex, however it is written."""

import pytest

from keystage.pupils.sexes import letter


@pytest.mark.parametrize(
    ("text", "read"), [("F", "F"), ("m", "M"), (" Female ", "F"), ("male", "M"), ("Girl", "F"), ("x", "X"), ("", "")]
)
def test_a_sex_is_read_as_a_letter(text, read):
    assert letter(text) == read
