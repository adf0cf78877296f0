"""The record of an export."""

from dataclasses import replace

from keystage.papers.frame import PRACTICE, UNTRIED
from keystage.papers.receipt import ExceptionLine, ExportPaper, Sent, export_record
from papers.made import FINGERPRINT, FRAME, MADE, pages, reader

SHA256 = "ab12" * 16
PAPER = ExportPaper(FRAME, "9992001_KS2_NAALLLL_001.xml", SHA256, MADE, "Sam Placeholder", 68, 70, 2)


def record(**changes):
    return pages(export_record(replace(PAPER, **changes)))


def test_it_names_the_file_and_proves_its_content():
    (page,) = record()
    assert "9992001_KS2_NAALLLL_001.xml" in page
    assert SHA256 in page
    assert FINGERPRINT in page.replace(" ", "")
    assert "24 June 2026, 14:05, by Sam Placeholder" in page


def test_it_counts_who_is_in_the_file():
    assert "Pupils in the file Processed Not exported 68 70 2" in record()[0]


def test_it_warns_where_somebody_was_not_exported_and_only_there():
    assert "Not everybody is in the file." in record()[0]
    assert "Not everybody is in the file." not in record(not_exported=0)[0]


def test_a_file_that_was_not_sent_is_said_not_to_be():
    assert "Not sent yet" in record()[0]


def test_each_sending_says_how_when_and_by_whom():
    sent = (Sent("Uploaded by hand", MADE, "Sam Placeholder"), Sent("Sent to the gateway", MADE, "Jo Sample", "R-17"))
    (page,) = record(sent=sent)
    assert "Uploaded by hand 24 June 2026, 14:05 Sam Placeholder" in page
    assert "Sent to the gateway 24 June 2026, 14:05 Jo Sample R-17" in page
    assert "Not sent yet" not in page


def test_the_log_of_exceptions_is_whole():
    message = "Not exported: on the roll of another school since 4 May. Chosen by Sam Placeholder."
    assert message in record(exceptions=(ExceptionLine("Example, Ada", "B999999919001", message),))[0]


def test_no_exceptions_are_said_to_be_none():
    assert "Exceptions There are none." in record()[0]


def test_a_long_log_goes_on_with_its_headings():
    made = record(exceptions=tuple(ExceptionLine(f"Name{n}", "", "Why.") for n in range(90)))
    assert len(made) == 2
    assert "Pupil UPN Message" in made[1]
    assert "Name89" in made[1]


def test_it_bears_practice_and_what_was_not_tried():
    (page,) = record(frame=replace(FRAME, practice=True))
    assert PRACTICE in page
    assert UNTRIED in page


def test_it_is_tagged():
    assert reader(export_record(PAPER)).trailer["/Root"]["/Lang"] == "en-GB"
