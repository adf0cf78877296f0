"""The judgement codes of each subject, from best to least."""

from dataclasses import dataclass, field
from enum import StrEnum

from keystage.years.provenance import Provenance
from keystage.years.reading import Part
from keystage.years.subjects import Subject


class Kind(StrEnum):
    """What sort of judgement a code is."""

    STANDARD = "standard"
    PRE_KEY_STAGE = "pre-key stage"
    ENGAGEMENT_MODEL = "engagement model"
    NO_JUDGEMENT = "no judgement"


@dataclass(frozen=True, slots=True)
class Code:
    """A judgement code that may be given, with what it means."""

    code: str
    kind: Kind
    meaning: str


@dataclass(frozen=True, slots=True)
class CodeTable:
    """The codes of one subject in order, from best to least."""

    subject: Subject
    codes: tuple[Code, ...]
    provenance: Provenance
    words: tuple[str, ...] = field(init=False)
    """The codes alone, in order."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", tuple(each.code for each in self.codes))

    def find(self, code: str) -> Code | None:
        """Give the entry of a code written exactly so, where it is valid."""
        return next((each for each in self.codes if each.code == code), None)


def read_code_table(subject: Subject, part: Part) -> CodeTable:
    """Read `[codes.<subject>]`."""
    found: dict[str, Code] = {}
    for row in part.parts("list"):
        code = row.text("code")
        if code in found:
            raise row.fault(f"The code `{code}` stands twice in {subject}.", "each code once.", "code")
        found[code] = Code(code, row.choice("kind", Kind), row.text("meaning"))
    if not found:
        raise part.fault(f"{subject} has no codes.", "a `list` of codes, from best to least.")
    return CodeTable(subject, tuple(found.values()), part.provenance(f"codes {subject}"))
