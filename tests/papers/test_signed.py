"""The return as it was signed."""

from datetime import UTC, datetime

from keystage.papers.signed import CellChange, Signature, SignedPaper, Statement, Voided, heading, signed_sheet
from keystage.years.subjects import Subject
from papers.made import CLOSED, EXS, FINGERPRINT, FRAME, GAP, MADE, MAYBE, a_class, line, pages, reader

CLASS = a_class(line(cells=(CLOSED, EXS, MAYBE, GAP)))
TEACHER = Signature(
    "Jo Sample", "Class teacher", datetime(2026, 6, 23, 9, 30, tzinfo=UTC), Statement.CONFIRMED, "", "6A"
)
HEAD = Signature("Robin Placeholder", "Headteacher", MADE, Statement.CONFIRMED)
LATER = datetime(2026, 6, 25, 8, 12, tzinfo=UTC)
VOIDED = Voided(
    LATER,
    (CellChange("Example, Ada", Subject.WRITING, "EXS", "GDS"), CellChange("Other, Ben", Subject.SCIENCE, "", "HNM")),
    ("Late, Zed was added.",),
)


def signed(*signatures, voided=None, classes=(CLASS,)):
    return SignedPaper(FRAME, classes, signatures, voided)


def test_a_signed_return_says_when_it_was_signed():
    assert heading(signed(TEACHER, HEAD)) == "Signed 24 June 2026, 14:05"
    assert heading(signed(TEACHER, HEAD)) in pages(signed_sheet(signed(TEACHER, HEAD)))[0]


def test_a_class_signed_alone_is_not_the_whole_return_signed():
    assert heading(signed(TEACHER)) == "Not signed for the whole return"


def test_the_latest_word_on_the_whole_return_counts():
    refusal = Signature("Robin Placeholder", "Headteacher", LATER, Statement.CANNOT_CONFIRM, "Two codes look swapped.")
    for both in ((refusal, HEAD), (HEAD, refusal)):
        assert heading(signed(*both)) == "Not confirmed 25 June 2026, 09:12"


def test_a_return_changed_since_is_headed_no_longer_valid():
    made = pages(signed_sheet(signed(HEAD, voided=VOIDED)))
    assert "No longer valid: changed since 25 June 2026, 09:12" in made[0]
    assert "Signed 24 June 2026, 14:05" in made[0]


def test_every_page_of_a_return_changed_since_says_so():
    made = pages(signed_sheet(signed(HEAD, voided=VOIDED)))
    assert len(made) == 2
    assert all("No longer valid" in page for page in made)


def test_the_cells_that_changed_are_listed_from_what_to_what():
    first = pages(signed_sheet(signed(HEAD, voided=VOIDED)))[0]
    assert "Example, Ada Writing EXS GDS" in first
    assert "Other, Ben Science none HNM" in first
    assert "Late, Zed was added." in first


def test_a_return_that_still_holds_says_nothing_of_changes():
    whole = " ".join(pages(signed_sheet(signed(HEAD))))
    assert "changed since" not in whole
    assert "No longer valid" not in whole


def test_each_signature_says_who_for_what_and_when():
    first = pages(signed_sheet(signed(TEACHER, HEAD)))[0]
    assert "Jo Sample Class teacher Class 6A 23 June 2026, 10:30 Confirmed" in first
    assert "Robin Placeholder Headteacher The whole return 24 June 2026, 14:05 Confirmed" in first


def test_who_cannot_confirm_is_quoted():
    refusal = Signature("Jo Sample", "Class teacher", MADE, Statement.CANNOT_CONFIRM, "Ada was away.", "6A")
    first = pages(signed_sheet(signed(refusal)))[0]
    assert "Cannot confirm “Ada was away.”" in first


def test_a_refusal_is_not_hidden_by_a_later_signature_of_the_whole():
    refusal = Signature("Jo Sample", "Class teacher", MADE, Statement.CANNOT_CONFIRM, "Ada was away.", "6A")
    first = pages(signed_sheet(signed(refusal, HEAD)))[0]
    assert "1 of 2 statements below is that a person cannot confirm" in first
    assert "cannot confirm" not in pages(signed_sheet(signed(TEACHER, HEAD)))[0]


def test_a_delegated_signature_says_by_whom():
    deputy = Signature("Pat Specimen", "Deputy", MADE, Statement.CONFIRMED, on_behalf_of="Robin Placeholder")
    assert "delegated by Robin Placeholder" in pages(signed_sheet(signed(deputy)))[0]


def test_the_judgements_follow_as_they_were_with_gaps_in_words():
    second = pages(signed_sheet(signed(TEACHER, HEAD)))[1]
    assert "Example, Ada B999999919001 09/03/2015 F – EXS none missing" in second
    assert "Jo Sample, Class teacher: Confirmed, 23 June 2026, 10:30" in second


def test_a_class_for_which_nobody_signed_says_so():
    assert "Nobody has signed." in pages(signed_sheet(signed(HEAD)))[1]


def test_the_fingerprint_stands_in_full_beside_the_signatures():
    assert FINGERPRINT in pages(signed_sheet(signed(HEAD)))[0].replace(" ", "")


def test_a_return_without_pupils_can_be_signed():
    made = pages(signed_sheet(signed(HEAD, classes=())))
    assert len(made) == 1
    assert "No pupils yet." in made[0]


def test_the_signed_return_is_tagged_and_repeatable():
    made = signed_sheet(signed(TEACHER, HEAD, voided=VOIDED))
    assert "/StructTreeRoot" in reader(made).trailer["/Root"]
    assert made == signed_sheet(signed(TEACHER, HEAD, voided=VOIDED))
