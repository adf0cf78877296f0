"""What the reports for parents of a year rest on, read once for a page or a paper.

Five queries besides those of the records, however many pupils there are.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property

from keystage.papers.report_words import Words, WordsRefused, words_of
from keystage.returns.results import PupilResult
from keystage.service.school.lines import Line
from keystage.service.school.models import IssuedReport, PupilReport, ReportSettings, ResultsLoad
from keystage.service.school.records import Records
from keystage.service.school.report_comparators import Compared, compare
from keystage.service.school.report_content import Content, content_of, parts_of_every
from keystage.service.school.results import everybody, in_force, known_among
from keystage.service.school.services.report_settings import settings_of


class Reports:
    """The reports of a school's year: what is written, which results count, and what was made before."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.school_return = records.school_return

    @cached_property
    def settings(self) -> ReportSettings:
        """What stands on every report."""
        return settings_of(self.school_return)

    @cached_property
    def load(self) -> ResultsLoad | None:
        """The results that count; None where none came home yet."""
        return in_force(self.school_return)

    @cached_property
    def everybody(self) -> list[tuple[int | None, PupilResult]]:
        """Everybody in the results that count, with the pupil's number in the database; None for nobody here."""
        return everybody(self.load) if self.load else []

    @cached_property
    def results(self) -> Mapping[int, PupilResult]:
        """What the results say of each pupil, by the pupil's number in the database."""
        return known_among(self.everybody)

    @cached_property
    def written(self) -> Mapping[int, PupilReport]:
        """What people wrote, by the pupil's number in the database."""
        rows = PupilReport.objects.filter(pupil__school_return=self.school_return)
        return {row.pupil_id: row for row in rows}

    @cached_property
    def all_made(self) -> Mapping[int, list[IssuedReport]]:
        """The reports that were made for each pupil to be given to parents, by the pupil's number, the oldest first."""
        rows = IssuedReport.objects.filter(pupil__school_return=self.school_return).select_related("by", "file")
        found: dict[int, list[IssuedReport]] = {}
        for row in rows.order_by("at", "pk"):
            found.setdefault(row.pupil_id, []).append(row)
        return found

    def made(self, line: Line) -> IssuedReport | None:
        """Return the latest report that was made for a pupil; None where there is none."""
        found = self.all_made.get(line.pupil.pk)
        return found[-1] if found else None

    @cached_property
    def compared(self) -> Compared:
        """What the figures are compared with: the school's own and the country's."""
        return compare(self.records, self.everybody, self.settings.hidden_below, self.words)

    @cached_property
    def words(self) -> Words:
        """The fixed wording: in English where that of the chosen language cannot be used any more."""
        try:
            return words_of(self.settings.language)
        except WordsRefused:
            return words_of("en")

    @cached_property
    def parts_of_every(self) -> Mapping[str, str]:
        """The hashes of what is the same on every report."""
        return parts_of_every(self)

    @cached_property
    def _contents(self) -> dict[int, Content]:
        return {}

    def content(self, line: Line) -> Content:
        """Return everything that stands on a pupil's report as things are now."""
        found = self._contents.get(line.pupil.pk)
        if found is None:
            found = self._contents[line.pupil.pk] = content_of(self, line)
        return found

    def lines(self, class_name: str | None = None) -> Iterator[Line]:
        """Yield the pupils in the return, of one class or of all, by class and name."""
        return (line for line in self.records.lines if class_name is None or line.pupil.class_name == class_name)
