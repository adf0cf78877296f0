"""The catalogue of checks: each is a small function, registered under its code by the decorator :func:`check`."""

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

from keystage.checks.finding import Severity
from keystage.checks.sources import GROUNDS, Grounds
from keystage.returns.source import Place


class Stage(StrEnum):
    """The families of checks, by the first letter of their codes."""

    FILE = "F"
    HEADER = "H"
    PUPILS = "P"
    JUDGEMENTS = "J"
    COHORT = "C"
    RESUBMISSION = "D"
    SIGN_OFF = "S"
    RESULTS = "R"


class Need(StrEnum):
    """What a check cannot do without; the value says why it was not run where that is lacking."""

    FILE = "the return does not come from a file"
    CTF = "the return does not come from a Common Transfer File"
    SHEET = "the return does not come from a spreadsheet"
    NAMED_FILE = "the file has no name"
    DESTINATION = "any destination was allowed"
    TEACHER_ASSESSMENT = "the file holds no key stage 2 teacher assessment (F07)"
    BIRTH_DATES = "the spreadsheet has no column for the date of birth"
    SEXES = "the spreadsheet has no column for the pupils' sex"
    REGISTER = "no register was given"
    PREVIOUS = "no file sent before was given"
    TWO_CTFS = "the earlier and the later return do not both come from a Common Transfer File"
    RECORDS = "the return does not come from a school's own records"
    SIGNATURES = "no record of who signed was given"
    SENT = "the return that was sent was not given"
    TA = "no teacher assessment is held, neither in a return that was sent nor in the results"
    TA_RETURNED = "the results hold no teacher assessment"
    SCORE_TABLE = "the year's table of scaled scores is not held"


@dataclass(frozen=True, slots=True)
class Hit:
    """What a check yields: where it fired, and the words its message needs."""

    upn: str | None = None
    pupil: str | None = None
    """As lists show the name: ``Surname, Forename``."""
    who: str = ""
    """As a sentence names the pupil."""
    subject: str | None = None
    value: str | None = None
    at: int | None = None
    """Where in the source; None for something that is not in it."""
    field: str = ""
    allowed: tuple[str, ...] = ()
    words: Mapping[str, object] = dataclasses.field(default_factory=dict)
    place: Place | None = None
    """The place itself, where the source says it outright."""


CheckFunction = Callable[..., Iterator[Hit]]
"""A check takes the case it looks at: a return's, or that of a set of results."""

Function = TypeVar("Function", bound=CheckFunction)


@dataclass(frozen=True, slots=True)
class Check:
    """A check as the catalogue holds it."""

    code: str
    slug: str
    severity: Severity
    purpose: str
    """One sentence: what must be so."""
    message: str
    """A template: ``{who}``, ``{value}``, ``{subject}``, ``{year}`` and the words of the hit."""
    fix: str
    """A template of the same kind."""
    summary: str
    """How a list names this fault on many pupils."""
    lists_allowed: bool
    """Whether its findings list the allowed values."""
    needs: tuple[Need, ...]
    find: CheckFunction = dataclasses.field(compare=False, repr=False)

    @property
    def grounds(self) -> Grounds:
        """How sure its rule is, and where it was read."""
        return GROUNDS[self.code]

    @property
    def stage(self) -> Stage:
        """The family it belongs to."""
        return Stage(self.code[0])


_REGISTERED: dict[str, Check] = {}

CATALOGUE: Mapping[str, Check] = MappingProxyType(_REGISTERED)
"""Every check by its code, in the order in which they run."""


def check(
    code: str,
    slug: str,
    severity: Severity,
    *,
    summary: str,
    message: str,
    fix: str,
    lists_allowed: bool = False,
    needs: tuple[Need, ...] = (),
) -> Callable[[Function], Function]:
    """Register a function as a check; its docstring's first line is the purpose.

    Raises:
        ValueError: the code is taken or has no grounds, or the function has no docstring.
    """

    def register(find: Function) -> Function:
        if code in _REGISTERED:
            raise ValueError(f"check {code} is registered twice")
        if code not in GROUNDS:
            raise ValueError(f"nothing says what check {code} stands on: add it to keystage.checks.sources")
        if not find.__doc__:
            raise ValueError(f"check {code} has no docstring to say its purpose")
        purpose = find.__doc__.strip().splitlines()[0]
        _REGISTERED[code] = Check(code, slug, severity, purpose, message, fix, summary, lists_allowed, needs, find)
        return find

    return register


_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


def shown(text: str, most: int = 400) -> str:
    """Return a text as a message shows it: without control characters, and cut short where it is endless."""
    text = _UNSEEN.sub(" ", text)
    return text if len(text) <= most else f"{text[:most]}…"


def fill(template: str, words: Mapping[str, Any]) -> str:
    """Fill a template and begin it with a capital letter."""
    text = template.format_map(words)
    return text[:1].upper() + text[1:]
