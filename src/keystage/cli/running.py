"""One run of ``keystage check``: every file in turn, what comes of it, and the exit status at the end."""

import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from keystage.checks.checking import Answer, Checking, LeftAlone, NotChecked
from keystage.checks.faults import in_words
from keystage.checks.report import Report, Verdict
from keystage.checks.totals import count
from keystage.checks.unrun import Unrun
from keystage.cli.faults import ERRORS_FOUND, WRONG_USE, reader_gone, say
from keystage.cli.outputs import Output, output_for
from keystage.cli.paths import Found


class Run:
    """Checks what was found, and gathers what a person must be told besides the reports."""

    def __init__(self, checking: Checking, found: Found, *, jobs: int | None = None) -> None:
        self.checking = checking
        self.found = found
        self.jobs = jobs
        self.status = 0
        self.left_alone = found.left_alone
        self.left_out: list[NotChecked] = []
        self.said: set[str] = set()
        self.drafts: set[int] = set()
        self.unrun = Unrun()
        self.is_unrun_in_reports = True

    def __call__(self, form: str, path: Path | None, *, quiet: bool) -> int:
        """Write the reports in a form, to a path or to standard output; return the exit status."""
        self.is_unrun_in_reports = form != "csv" and not (form == "text" and quiet)
        for fault in self.found.faults:
            self.leave_out(NotChecked(str(fault.filename), in_words(fault)))
        if not self.found.files and not self.found.faults:
            self.warn("there is nothing to check here: no CTF (.xml), filled template (.xlsx, .csv) or zip.")
            self.status = WRONG_USE
        several = len(self.found.files) != 1 or self.found.files[0].suffix.lower() == ".zip"
        try:
            with output_for(form, path, quiet=quiet, several=several, year=self.checking.options.year) as output:
                for answer in self.answers(is_shown=form == "text" and path is None):
                    self.take(answer, output)
                output.end(self.left_out)
        except BrokenPipeError:
            return reader_gone(self.status)
        self.tell(form, quiet=quiet)
        return self.status

    def answers(self, *, is_shown: bool) -> Iterator[Answer]:
        """Check file by file. Where reports come up on the terminal, they show the progress themselves."""
        files = self.found.files
        if len(files) == 1 and files[0].suffix.lower() != ".zip":
            yield from self.checking(files[0])
            return
        from keystage.cli.parallel import each, jobs_for
        from keystage.cli.progress import progress

        answers = each(self.checking, files, jobs_for(len(files), self.jobs))
        if not sys.stderr.isatty() or (is_shown and sys.stdout.isatty()):
            yield from answers
            return
        with progress(sum(map(_files_in, files)), "Checking") as advance:
            for answer in answers:
                advance()
                yield answer

    def take(self, answer: Answer, output: Output) -> None:
        """Show a report, or note why there is none."""
        if isinstance(answer, NotChecked):
            self.leave_out(answer)
        elif isinstance(answer, LeftAlone):
            self.left_alone += 1
        else:
            if answer.verdict in (Verdict.ERRORS, Verdict.UNREADABLE):
                self.status = max(self.status, ERRORS_FOUND)
            if answer.is_draft and answer.year:
                self.drafts.add(answer.year)
            if not self.is_unrun_in_reports:
                self.unrun.add(answer)
            output.show(_presentable(answer))

    def leave_out(self, answer: NotChecked) -> None:
        """Note a file that was not checked; a reason that holds for many is said once."""
        self.left_out.append(answer)
        self.status = WRONG_USE
        self.warn(answer.why)

    def warn(self, message: str) -> None:
        """Tell a person something that is wrong, once."""
        if message not in self.said:
            self.said.add(message)
            say(f"keystage: {message}")

    def tell(self, form: str, *, quiet: bool) -> None:
        """Tell a person, at the end, what is not in the reports."""
        not_checked = sum(not each.is_checked for each in self.left_out)
        if not_checked > len(self.said):
            say(f"{count(not_checked, 'file was', 'files were')} not checked, for the reasons above.")
        if form in ("csv", "xlsx"):
            for year in sorted(self.drafts):
                say(f"The rules for {year} are a draft: nearly all of them are assumed.")
        for words in self.unrun.in_words():
            say(words)
        if quiet:
            return
        for remark in self.found.remarks:
            say(remark)
        if self.left_alone:
            others = count(self.left_alone, "other file was", "other files were")
            say(f"{others} left alone: neither a return nor a zip of returns.")


def _files_in(path: Path) -> int:
    """Return about how many files are to be checked at a path."""
    if path.suffix.lower() == ".zip":
        with suppress(OSError, zipfile.BadZipFile, NotImplementedError), zipfile.ZipFile(path) as archive:
            return len(archive.namelist())
    return 1


def _presentable(report: Report) -> Report:
    """Return a report without letters that can stand in no text: they come from names of files that are not UTF-8."""
    if not report.file or report.file.isascii():
        return report
    from dataclasses import replace

    def sound(text: str | None) -> str | None:
        return None if text is None else text.encode("utf-8", "replace").decode()

    findings = tuple(
        replace(each, value=sound(each.value), message=sound(each.message) or "", fix=sound(each.fix) or "")
        for each in report.findings
    )
    return replace(report, file=sound(report.file), findings=findings)
