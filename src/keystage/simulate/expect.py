"""What the checks must find: one entry for each finding, whose line is known once the file is written."""

from dataclasses import dataclass
from typing import TypedDict

from keystage.simulate.codes import CODES
from keystage.simulate.filed import FiledHeader, FiledPupil, FiledRow, RegisterRow


class Entry(TypedDict):
    """A finding as the manifest lists it."""

    file: str
    school: str
    code: str
    slug: str
    severity: str
    upn: str | None
    pupil: str | None
    subject: str | None
    value: str | None
    line: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Expect:
    """One finding that must come."""

    code: str
    pupil: FiledPupil | RegisterRow | None = None
    """Whom it names."""
    row: FiledRow | None = None
    """The row it points at; where there is none it points at the pupil."""
    part: str = ""
    """The part of the row or pupil it points at."""
    subject: str | None = None
    value: str | None = None
    header: tuple[FiledHeader, str] | None = None
    """The header and the path below it that it points at."""
    line: int | None = None
    """The line, where it does not follow from the others."""
    is_named: bool = True
    """Whether the finding names the pupil, and not the file as a whole."""

    def found_line(self) -> int | None:
        """Return the line, after the file was written; None for what is not in it."""
        if self.line is not None:
            return self.line
        if self.header is not None:
            header, path = self.header
            return header.place(path)
        if self.row is not None:
            return self.row.place(self.part)
        return self.pupil.place(self.part) if isinstance(self.pupil, FiledPupil) else None

    def entry(self, file: str, school: str) -> Entry:
        """Return the finding as the manifest lists it."""
        named = self.pupil if self.is_named else None
        code = CODES[self.code]
        return Entry(
            file=file,
            school=school,
            code=self.code,
            slug=code.slug,
            severity=code.severity,
            upn=(named.upn or None) if named else None,
            pupil=(named.name or None) if named else None,
            subject=self.subject,
            value=self.value,
            line=self.found_line(),
        )
