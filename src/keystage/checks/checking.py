"""Checks what one path holds, with the register and the earlier file of its school: the work of one process."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePath
from typing import NamedTuple

from keystage.checks.archives import Member, members
from keystage.checks.beside import Beside, school_of
from keystage.checks.faults import in_words, is_expected
from keystage.checks.files import SPREADSHEETS, Options, check_among, check_content, hash_of, usual_year
from keystage.checks.report import Report
from keystage.checks.run import refusal
from keystage.ctf.limits import content_of
from keystage.returns.refused import FileRefused
from keystage.returns.school import school_in
from keystage.sheets.kinds import Kind, kind_of, kind_of_csv


class NotChecked(NamedTuple):
    """A file that was not checked, or not in full, through no fault of its own."""

    file: str
    why: str
    is_checked: bool = False
    """Whether there is a report on it all the same."""


class LeftAlone(NamedTuple):
    """A file in a zip that can be no return."""

    file: str


Answer = Report | NotChecked | LeftAlone

_WAYS_OUT = {Kind.REGISTER: " Give it with --register.", Kind.RESULTS: " “keystage results” reads it."}


@dataclass(frozen=True)
class Checking:
    """How each path is checked. It goes to every process once."""

    options: Options
    beside: Beside = Beside()  # noqa: RUF009 - it is frozen
    schema: Path | None = None

    def __call__(self, path: Path) -> Iterator[Answer]:
        """Check a path: one file, or each in a zip. Whatever happens, it is an answer, so that the rest goes on."""
        try:
            yield from self.zip(path) if path.suffix.lower() == ".zip" else self.file(path)
        except Exception as fault:
            if os.environ.get("KEYSTAGE_DEBUG"):
                raise
            yield self.not_checked(str(path), fault)

    def file(self, path: Path) -> Iterator[Answer]:
        """Check a file that is no zip."""
        try:
            content: bytes | FileRefused = content_of(path)
        except FileRefused as refused:
            content = refused
        report = self.content(content, path.name, path)
        if any(finding.code == "F11" for finding in report.findings) and (kind := kind_of(path)):
            note = f"This looks like {kind.value}, not like a filled template.{_WAYS_OUT.get(kind, '')}"
            report = replace(report, notes=(note, *report.notes))
        if self.schema is None or path.suffix.lower() in SPREADSHEETS:
            yield replace(report, file=str(path))
            return
        yield from self.asked(replace(report, file=str(path)), path, self.schema)

    def zip(self, path: Path) -> Iterator[Answer]:
        """Check every file in a zip; one that has the same school as another is told so."""
        seen: dict[str, str] = {}
        for member in _members(path):
            if isinstance(member, FileRefused):
                yield refusal(member, usual_year(self.options)).named(str(path), hash_of(path))
                return
            name, file_name = PurePath(member.name).name, f"{path}!{member.name}"
            if isinstance(member.content, bytes) and name.lower().endswith(".csv") and kind_of_csv(member.content):
                yield LeftAlone(file_name)
                continue
            try:
                report = check_among(seen, member.name, partial(self.content, member.content, name, path))
            except Exception as fault:
                yield self.not_checked(file_name, fault)
                continue
            if self.schema is not None:
                report = replace(report, notes=(*report.notes, "The schema was not asked, as the file is in a zip."))
            yield replace(report, file=file_name)

    def content(self, content: bytes | FileRefused, name: str, path: Path, *, twin: str = "") -> Report:
        """Check a content with what belongs to its school: by its name, and if that says another, by the file itself.

        Raises:
            OSError, FileRefused, RegisterRefused: the register or the earlier file cannot be read.
        """
        school = self.options.school or school_of(name)
        options = self.options_for(school, path)
        report = check_content(content, name, options, twin=twin)
        found = school_in(report.school or "")  # half a number never takes the place of the whole one in the name
        if found and found != school and not self.options.school:
            school = found
            if (other := self.options_for(school, path)) != options:
                report = check_content(content, name, other, twin=twin)
        if report.unreadable:
            return report
        return replace(report, notes=(*report.notes, *self.beside.lacking(school, path)))

    def options_for(self, school: str, path: Path) -> Options:
        """Return the options for a file of a school."""
        register, previous = self.beside.register_of(school), self.beside.previous_of(school, path)
        return replace(self.options, register=register, previous=previous)

    def asked(self, report: Report, path: Path, schema: Path) -> Iterator[Answer]:
        """Give a report with what the schema says."""
        from keystage.ctf.schema import SchemaUnusable, second_opinion

        try:
            yield replace(report, notes=(*report.notes, *second_opinion(path, schema)))
        except (SchemaUnusable, OSError) as fault:
            yield report
            yield NotChecked(str(path), in_words(fault), is_checked=True)

    def not_checked(self, file: str, fault: Exception) -> NotChecked:
        """Say why a file was not checked, and whose fault it is: its register's, the earlier file's, or our own."""
        words = in_words(fault)
        if isinstance(fault, FileRefused):
            words = f"{fault.file}: {words}"
        elif not is_expected(fault):
            words = f"{file}: {words}"
        return NotChecked(file, words)


def _members(path: Path) -> Iterator[Member | FileRefused]:
    """Yield what is in a zip, and at the end why no more of it can be read, where that is so."""
    try:
        yield from members(path)
    except FileRefused as refused:
        yield refused
