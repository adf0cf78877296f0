"""What is written for reports for parents, as the rows of the sheet that goes out and comes back."""

from collections.abc import Collection, Mapping

from keystage.service.school.report_content import Content
from keystage.service.school.reports import Reports
from keystage.sheets.report_texts import NUMBERS, TEXTS


def rows_of(reports: Reports, classes: Collection[str] | None = None) -> list[Mapping[str, str]]:
    """Return a row for each pupil of the classes, or of all where none are named."""
    lines = (line for line in reports.lines() if classes is None or line.pupil.class_name in classes)
    return [_row(reports.content(line)) for line in lines]


def _row(content: Content) -> dict[str, str]:
    pupil, texts = content.line.pupil, content.texts
    numbers = {field: getattr(texts, field) for field in NUMBERS}
    return {
        "upn": pupil.upn,
        "surname": pupil.surname,
        "forename": pupil.forename,
        "class_name": pupil.class_name,
        **{field: getattr(texts, field) for field in TEXTS},
        **{field: "" if number is None else str(number) for field, number in numbers.items()},
    }
