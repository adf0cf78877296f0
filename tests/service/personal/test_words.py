"""A pupil is found in lists and texts of many by UPN, or by both names; nobody else is taken for them."""

from keystage.service.personal.words import Words, parts_about, without

ADA = Words(frozenset({"key-of-ada"}), frozenset({"A999200110001"}), frozenset({("example", "ada")}))
BEN = "B999200110002"


def test_a_upn_is_found_in_a_text_in_any_case() -> None:
    assert ADA.in_text("the UPN a999200110001 stands twice")


def test_a_upn_within_a_longer_word_is_not_that_upn() -> None:
    assert not ADA.in_text("XA9992001100019")


def test_both_names_must_stand_in_a_text() -> None:
    assert ADA.in_text("Example, Ada has no code")
    assert not ADA.in_text("Ada has no code")
    assert not ADA.in_text("Adam Example has no code")


def test_somebody_of_the_same_name_with_another_upn_is_somebody_else() -> None:
    assert not ADA.in_text(f"{BEN} Ada Example")


def test_the_whole_entry_of_a_list_is_the_pupils() -> None:
    pupils = [{"upn": "A999200110001", "cells": [["reading", "EXS"]]}, {"upn": BEN, "cells": [["reading", "GDS"]]}]
    content = {"school": "Quellbridge", "pupils": pupils}
    assert list(parts_about(content, ADA)) == [pupils[0]]
    assert without(content, ADA) == {"school": "Quellbridge", "pupils": [pupils[1]]}


def test_in_a_text_names_and_numbers_are_taken_out_and_the_rest_stays() -> None:
    assert without("Ada Example (A999200110001) has left", ADA) == "[erased] [erased] ([erased]) has left"


def test_what_does_not_speak_of_the_pupil_stays_as_it_is() -> None:
    content = {"findings": [{"upn": BEN, "message": "has no code"}], "notes": ["A note"], "pupils": 2}
    assert without(content, ADA) == content
