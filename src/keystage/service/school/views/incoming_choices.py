"""What was ticked and chosen on a preview, read from its form."""

from django.http import QueryDict

from keystage.service.school.services.incoming_roll import EVERYTHING, TAKE


def choices_in(data: QueryDict) -> dict[str, str]:
    """Return each line that was chosen with what was chosen for it, and :data:`EVERYTHING` where that was asked for."""
    asked = [str(data[name]).rpartition("|") for name in data if name.startswith("ask-")]
    choices = {token: choice for token, _, choice in asked if token}
    if data.get("accept") == EVERYTHING:
        return {EVERYTHING: TAKE, **choices, **dict.fromkeys(data.getlist("back"), TAKE)}
    return {**dict.fromkeys(data.getlist("take"), TAKE), **dict.fromkeys(data.getlist("back"), TAKE), **choices}


def same_in(values: list[str]) -> dict[int, str]:
    """Return who a person says pupils of a file are: ``5:key`` says that the fifth is the pupil with that key."""
    pairs = (value.partition(":") for value in values)
    return {int(number): key for number, _, key in pairs if number.isascii() and number.isdecimal() and key}
