"""Why a code is not valid: it is retired, it belongs to another subject, or it is a test outcome."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from keystage.years.codes import CodeTable
from keystage.years.outcomes import Outcome
from keystage.years.provenance import Provenance
from keystage.years.reading import Part
from keystage.years.subjects import Subject


@dataclass(frozen=True, slots=True)
class RetiredCode:
    """Codes that were valid once, in the subjects named; `last_year` is None where it is not known."""

    codes: tuple[str, ...]
    pattern: str | None
    examples: tuple[str, ...]
    """Some codes that the pattern stands for, to show to people."""
    subjects: tuple[Subject, ...]
    was: str
    last_year: int | None
    provenance: Provenance

    @property
    def shown(self) -> str:
        """The codes as people are shown them."""
        return ", ".join([*self.codes, *self.examples])

    def matches(self, code: str) -> bool:
        """Say whether a code in capitals is one of these."""
        return code in self.codes or bool(self.pattern and re.fullmatch(self.pattern, code))


@dataclass(frozen=True, slots=True)
class OtherSubjectCode:
    """A code that is valid this year, but in other subjects."""

    code: str
    subjects: tuple[Subject, ...]
    meaning: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class NotTaCode:
    """A test outcome code: it says how a pupil did in a test and is never typed as teacher assessment."""

    code: str
    meaning: str
    provenance: Provenance


Explanation = RetiredCode | OtherSubjectCode | NotTaCode


def read_retired(parts: tuple[Part, ...]) -> tuple[RetiredCode, ...]:
    """Read `[[retired]]`."""
    return tuple(_retired(part) for part in parts)


def _retired(part: Part) -> RetiredCode:
    codes, examples = part.texts("codes"), part.texts("examples")
    if not codes and not examples:
        raise part.fault("No code is named.", "`codes`, or a `pattern` with `examples` of it.")
    entry = RetiredCode(
        codes=codes,
        pattern=part.maybe("pattern", str),
        examples=examples,
        subjects=part.choices("subjects", Subject),
        was=part.text("was"),
        last_year=part.maybe("last_year", int),
        provenance=part.provenance(f"retired {', '.join([*codes, *examples])}"),
    )
    try:
        strangers = [code for code in examples if not entry.matches(code)]
    except re.error as error:
        raise part.fault(f"`pattern` cannot be read: {error}.", "a regular expression.", "pattern") from None
    if strangers or (entry.pattern and not examples):
        raise part.fault(f"`examples` is {list(examples)}.", "codes in capitals that the `pattern` covers.", "examples")
    return entry


def read_not_ta(part: Part, outcomes: Mapping[str, Outcome]) -> tuple[NotTaCode, ...]:
    """Read `[not_ta]`: test outcome codes that are sometimes typed as teacher assessment."""
    said = part.provenance("test codes typed as teacher assessment")
    found = []
    for code in part.texts("codes"):
        if code not in outcomes:
            raise part.fault(f"`{code}` is not a test outcome.", "a code that stands under [[outcomes]].", "codes")
        found.append(NotTaCode(code, outcomes[code].meaning, said))
    return tuple(found)


def explain(
    subject: Subject,
    code: str,
    tables: Mapping[Subject, CodeTable],
    retired: tuple[RetiredCode, ...],
    not_ta: tuple[NotTaCode, ...],
) -> Explanation | None:
    """Say why a code is not valid in a subject; None where it is valid, or nothing is known about it."""
    code = code.strip().upper()
    if tables[subject].find(code):
        return None
    elsewhere = tuple(other for other, table in tables.items() if table.find(code))
    for entry in retired:
        if entry.matches(code) and (subject in entry.subjects or not elsewhere):
            return entry
    if elsewhere and (valid := tables[elsewhere[0]].find(code)):
        return OtherSubjectCode(code, elsewhere, valid.meaning, tables[elsewhere[0]].provenance)
    return next((entry for entry in not_ta if entry.code == code), None)
