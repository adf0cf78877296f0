"""Made-up reports for parents."""

from dataclasses import replace
from datetime import date

from keystage.papers.parent_report import Comparator, ParentReport, ReportsPaper, ReportText
from keystage.returns.results import PupilResult, TestResult
from keystage.years import Subject, Test
from papers.made import FRAME

TESTS = {
    Test.READING: TestResult(raw=31, scaled=104, outcome="AS", raw_text="31", scaled_text="104"),
    Test.GPS: TestResult(raw=57, scaled=111, outcome="AS"),
    Test.MATHS: TestResult(raw=50, scaled=98, outcome="NS"),
}
RESULT = PupilResult("B999999919001", "Example", "Ada", None, "", "F", tests=TESTS)
TEXT = ReportText(
    progress="Ada reads widely and with growing stamina. Her test in reading shows how far she has come since the"
    " autumn, when longer texts tired her.\nIn mathematics she is secure with number and shape; fractions and"
    " percentages are what to practise over the summer.",
    achievements="Ada played Titania in the summer play, and led the younger pupils at the school garden.\nIn science"
    " she asks good questions and plans a fair test. In history she wrote a lively account of the Blitz."
    " She swims 50 metres, and has started the clarinet.",
    possible_sessions=380,
    attended_sessions=364,
    unauthorised_absences=2,
)
ADA = ParentReport(
    RESULT,
    "Ada Example",
    "6A",
    date(2015, 3, 9),
    "B999999919001",
    {Subject.WRITING: "EXS", Subject.SCIENCE: "EXS"},
    text=TEXT,
)
COMPARATORS = {
    "reading.expected": Comparator("24 of 30 pupils (80%)", "75%"),
    "reading.average": Comparator("105.1", "106"),
    "writing.expected": Comparator("21 of 30 pupils (70%)", "72%"),
    "gps.expected": Comparator("22 of 30 pupils (73%)", "73%"),
    "gps.average": Comparator("104.6", "105"),
    "maths.expected": Comparator("23 of 30 pupils (77%)", "74%"),
    "maths.average": Comparator("104.0", "105"),
    "science.expected": Comparator("25 of 30 pupils (83%)", "82%"),
    "rwm.expected": Comparator("18 of 30 pupils (60%)", "62%"),
}
PAPER = ReportsPaper(
    replace(FRAME, fingerprint="", version=0),
    (ADA,),
    COMPARATORS,
    national_status="The figures for England are those first published in July.",
    arrangements="Ms Sample is in the classroom after school each day until 21 July, and will gladly talk about this"
    " report. To fix a time, ring the office on 01234 567890.",
    head_name="Mx R Madeup, headteacher",
    head_words="It has been a joy to see this year group grow. We wish every one of them well at secondary school.",
)
CY_TESTS = {Test.READING: TestResult(outcome="B"), Test.MATHS: TestResult(outcome="A")}
CY = ParentReport(
    PupilResult("B999999919002", "Zample", "Cy", None, "", "M", tests=CY_TESTS),
    "Cy Zample",
    "6B",
    date(2014, 11, 30),
    "B999999919002",
    {Subject.READING: "PK4", Subject.WRITING: "PK3", Subject.SCIENCE: "HNM"},
)
EMMA = ParentReport(
    None,
    "Emma Quill",
    judgements={Subject.READING: "EM", Subject.WRITING: "EM", Subject.MATHS: "EM", Subject.SCIENCE: "HNM"},
)
EMPTY = ParentReport(None, "")


def paper(*reports, **changes):
    """Return a paper of these reports, with parts of it changed."""
    return replace(PAPER, reports=reports or (ADA,), **changes)
