"""Good files: every way of writing one, and every pupil of whom something special is to be said. Nothing is wrong."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from keystage.conformance.case import Case, sentence, slugged
from keystage.conformance.drafts import Place, case_of
from keystage.conformance.special import GOOD
from keystage.simulate import DIALECTS, Dialect, Kind
from keystage.simulate.draft import Draft, ordinary
from keystage.simulate.faults.registry import Spoilt
from keystage.simulate.faults.spreadsheets import template
from keystage.years import CollectionYear
from keystage.years.headings import TEMPLATE_FIELDS

_MANY = 240
_CLASS = 24
_USUAL = DIALECTS["arbor"]
_ENCODINGS = (
    ("encoding-iso-8859-1", "ISO-8859-1", "latin-1", b""),
    ("encoding-utf-16-big-endian", "utf-16", "utf-16-be", b"\xfe\xff"),
    ("encoding-us-ascii", "US-ASCII", "ascii", b""),
    ("encoding-utf-8-with-mark", "UTF-8", "utf-8", b"\xef\xbb\xbf"),
)


def good(year: CollectionYear) -> Iterator[Case]:
    """Yield the good cases of a year."""
    for name, dialect in DIALECTS.items():
        yield _plain(year, f"dialect-{name}", dialect, f"A class, as “{dialect.supplier}” would write it.", _CLASS)
    for name, declared, encoding, mark in _ENCODINGS:
        written = replace(DIALECTS["windows-1252"], declared=declared, encoding=encoding, mark=mark)
        dialect = replace(written, name=name, supplier="OddLetters")
        yield _plain(year, name, dialect, f"A file in {declared}, and saying so.", _CLASS)
    yield _plain(year, "one-pupil", _USUAL, "A school with one pupil at the end of key stage 2.", 1, Kind.SINGLE)
    yield _plain(year, "large-school", _USUAL, f"A school with {_MANY} pupils.", _MANY, Kind.LARGE)
    yield _plain(year, "special-school", _USUAL, "A special school: most are below the tests.", 12, Kind.SPECIAL)
    yield _without_register(year)
    yield _template(year)
    for special in GOOD:
        yield _special(year, special)


def _plain(
    year: CollectionYear, name: str, dialect: Dialect, title: str, pupils: int, kind: Kind = Kind.PRIMARY
) -> Case:
    place = Place(year, f"{year.year}/good/{name}")
    draft = place.draft(dialect, pupils=pupils, kind=kind)
    return case_of(place, draft, [], check="", title=title)


def _without_register(year: CollectionYear) -> Case:
    place = Place(year, f"{year.year}/good/no-register")
    title = "A class of which no register is given: nobody can say who is missing, and nothing may be made up."
    return case_of(place, place.draft(_USUAL), [], check="", title=title, is_registered=False)


def _template(year: CollectionYear) -> Case:
    place = Place(year, f"{year.year}/good/template")
    draft = place.draft(_USUAL, pupils=_CLASS)
    spoilt = Spoilt(template(draft, TEMPLATE_FIELDS), [], is_read=True)
    return case_of(place, draft, spoilt, check="", title="A filled template: a spreadsheet in the place of the file.")


def _special(year: CollectionYear, special: Callable[..., None]) -> Case:
    place = Place(year, f"{year.year}/good/{slugged(special.__name__)}")
    draft: Draft = place.draft(_USUAL)
    for pupil in draft.pupils:  # the date on which everybody who has a date left is told by the special one alone
        pupil.expected.date_left = None
    special(draft, ordinary(draft.pupils)[0])
    return case_of(place, draft, [], check="", title=sentence(special.__doc__))
