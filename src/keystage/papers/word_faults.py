"""What is wrong with a wording file: each key that is missing, too many or of the wrong sort, and each wrong place."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

from keystage.years.registration import TestStatus

SHIPPED = Path(__file__).parent / "words"
PLACE = re.compile(r"\{(\w*)\}")
_NEEDED: dict[str, type] = {"code": str, "name": str, "draft": bool, "decimal": str, "date": dict, "sentences": dict}
_OPTIONAL: dict[str, type] = {"region": str, "judgements": dict, "outcomes": dict, "statuses": dict}
_SORTS = {str: "text in quotation marks", bool: "true or false", dict: "a table"}
_CODE_KEY = re.compile(r"((reading|writing|maths|science)\.)?[A-Z0-9]+")


def word_faults(table: Mapping[str, object], code: str) -> Iterator[str]:
    """Give what is wrong with a wording file that should hold the language of a code, in sentences."""
    if sorts := list(_sorts(table)):
        yield from sorts
        return
    if table["code"] != code:
        yield f"`code` is {table['code']!r}, and the file is named {code}.toml."
    yield from _date(_table(table["date"]))
    yield from _sentences(_table(table["sentences"]))
    for part, allowed in (("judgements", _is_code), ("outcomes", _is_code), ("statuses", _is_status)):
        yield from _meanings(part, _table(table.get(part, {})), allowed)


def _sorts(table: Mapping[str, object]) -> Iterator[str]:
    yield from _keys("", table, _NEEDED, _OPTIONAL)
    for key, sort in (_NEEDED | _OPTIONAL).items():
        if key in table and type(table[key]) is not sort:
            yield f"`{key}` must be {_SORTS[sort]}."


def _keys(
    part: str, table: Mapping[str, object], needed: Mapping[str, object], optional: Mapping[str, object]
) -> Iterator[str]:
    for key in needed:
        if key not in table:
            yield f"`{part}{key}` is missing."
    for key in table:
        if key not in needed and key not in optional:
            yield f"`{part}{key}` is not a key that is used."


def _date(date: Mapping[str, object]) -> Iterator[str]:
    yield from _keys("date.", date, {"form": "", "months": ""}, {})
    months = date.get("months", [])
    if not isinstance(months, list) or len(months) != 12 or not all(map(_is_text, months)):
        yield "`date.months` must be the names of twelve months."
    yield from _places("date.form", date.get("form"), {"day", "month", "year"})


def _sentences(sentences: Mapping[str, object]) -> Iterator[str]:
    english = _english()
    yield from _keys("sentences.", sentences, english, {})
    for key, sentence in sentences.items():
        if key in english:
            yield from _places(f"sentences.{key}", sentence, set(PLACE.findall(english[key])))


def _places(key: str, sentence: object, wanted: set[str]) -> Iterator[str]:
    if not isinstance(sentence, str) or not _is_text(sentence):
        yield f"`{key}` must be some text."
        return
    has = set(PLACE.findall(sentence))
    for place in sorted(wanted - has):
        yield f"`{key}` lacks the place {{{place}}}."
    for place in sorted(has - wanted):
        yield f"`{key}` has a place {{{place}}} that is not filled."
    if "{" in PLACE.sub("", sentence) or "}" in PLACE.sub("", sentence):
        yield f"`{key}` has a brace that belongs to no place."


def _meanings(part: str, meanings: Mapping[str, object], allowed: Callable[[str], bool]) -> Iterator[str]:
    for key, meaning in meanings.items():
        if not allowed(key):
            yield f"`{part}.{key}` is not a code."
        if not _is_text(meaning):
            yield f"`{part}.{key}` must be some text."


def _is_code(key: str) -> bool:
    return bool(_CODE_KEY.fullmatch(key))


def _is_status(key: str) -> bool:
    return key in set(TestStatus)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


@cache
def _english() -> dict[str, str]:
    sentences: dict[str, str] = tomllib.loads((SHIPPED / "en.toml").read_text(encoding="utf-8"))["sentences"]
    return sentences
