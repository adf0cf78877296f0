"""Reports for parents at the end of key stage 2: one PDF, for a pupil or for a school.

What a report must hold is in the Education (Pupil Information) (England) Regulations 2005, Schedule 1, and in the
guidance on reporting to parents. Nothing is worked out here: a result stands as it was returned.
"""

from keystage.checks.london import london_date
from keystage.papers.badge import badge_data
from keystage.papers.characters import Printable, Value
from keystage.papers.report_comparisons import Comparisons
from keystage.papers.report_results import ResultTable
from keystage.papers.report_sections import Sections
from keystage.papers.report_values import Comparator, ParentReport, ReportsPaper, ReportText
from keystage.papers.report_words import LANGUAGES, Words, words_of
from keystage.papers.typeset import typeset

__all__ = [
    "LANGUAGES",
    "Comparator",
    "ParentReport",
    "ReportText",
    "ReportsPaper",
    "Words",
    "parent_reports",
    "report_data",
    "words_of",
]

_FIXED = ("paper", "results", "subject", "result", "score", "in_school", "in_country", "about", "revised")


def parent_reports(paper: ReportsPaper) -> bytes:
    """Return the reports as one PDF, in the order given: each pupil on pages of their own.

    Raises PaperNotMade, and WordsRefused where the language's wording cannot be used.
    """
    return typeset("parent_report", report_data(paper), paper.frame.made)


def report_data(paper: ReportsPaper) -> dict[str, Value]:
    """Return everything that is printed, in words: a page that shows a report beforehand shows just this.

    Raises WordsRefused where the language's wording cannot be used.
    """
    words = words_of(paper.language, paper.words_dir)
    comparisons = Comparisons(paper, words)
    return {
        **_frame(paper, words),
        "words": {key: words.say(key) for key in _FIXED},
        "columns": comparisons.columns,
        "before": comparisons.before(),
        "after": comparisons.after(),
        "badge": badge_data(paper.badge) if paper.badge else None,
        "badge_words": words.say("badge", school=paper.frame.school_name),
        "is_revised": paper.is_revised,
        "reports": [_report(paper, words, report) for report in paper.reports],
    }


def _frame(paper: ReportsPaper, words: Words) -> dict[str, Value]:
    frame = paper.frame
    made = london_date(frame.made)
    return {
        "lang": words.code,
        "region": words.region,
        "title": _title(paper, words),
        "school": frame.school_name,
        "year": words.say("year", year=frame.year.label),
        "practice": words.say("practice") if frame.practice else "",
        "foot": [words.say("made", date=words.day(made)), *_warnings(paper, words)],
        "page_form": words.sentences["page"],
    }


def _title(paper: ReportsPaper, words: Words) -> str:
    year = paper.frame.year.label
    if len(paper.reports) == 1:
        return words.say("title_one", year=year, name=_name(paper.reports[0], words))
    return words.say("title", year=year, school=paper.frame.school_name)


def _warnings(paper: ReportsPaper, words: Words) -> list[str]:
    drafts = [words.say("draft")] if words.is_draft else []
    return drafts + ([words.say("draft_year", year=paper.frame.year)] if paper.frame.year.is_draft else [])


def _name(report: ParentReport, words: Words) -> str:
    return report.name.strip() or words.say("nameless")


def _report(paper: ReportsPaper, words: Words, report: ParentReport) -> Value:
    printable = Printable()  # for each pupil apart: what could not be printed of one is nobody else's business
    data = {key: printable.value(value) for key, value in _content(paper, words, report).items()}
    printable.text(paper.frame.school_name)
    return {**data, "unprinted": words.say("unprinted") if printable.replaced else ""}


def _content(paper: ReportsPaper, words: Words, report: ParentReport) -> dict[str, Value]:
    sections, name = Sections(paper, words, report), _name(report, words)
    return {
        "heading": words.say("heading", name=name),
        "continued": words.say("continued", name=name),
        "facts": sections.facts(),
        "rows": ResultTable(paper.frame.year, words, Comparisons(paper, words), report).rows(),
        "written": sections.written(),
        "attendance": sections.attendance(),
        "exempt": sections.exempt(),
        "closing": sections.closing(),
        "about": sections.about(),
    }
