"""What a report says of a file, as marks to be made in it (:mod:`keystage.sheets.marked`)."""

from collections.abc import Iterable, Mapping
from typing import Any

from keystage.sheets.marks import Mark

_FIELDS = {
    **dict.fromkeys(("P01", "P02", "P03", "P04", "P10", "C01", "C02", "C04"), "upn"),
    "P05": "surname",
    **dict.fromkeys(("P07", "P08"), "birth_date"),
    "P09": "sex",
}
"""Which part of a pupil's identity a check is about, where it is always the same."""


def marks(findings: Iterable[Mapping[str, Any]]) -> list[Mark]:
    """Return the errors and queries of a report, given as plain values, as marks."""
    return [_mark(each) for each in findings if each["severity"] != "info"]


def _mark(finding: Mapping[str, Any]) -> Mark:
    return Mark(
        finding["message"],
        finding["fix"],
        finding["severity"] == "error",
        finding["upn"] or "",
        finding["pupil"] or "",
        finding["subject"] or _field(finding),
        finding["value"] or "",
        tuple(finding["allowed"]),
        finding["cell"] or "",
        finding["line"],
    )


def _field(finding: Mapping[str, Any]) -> str:
    if finding["code"] == "P06":
        return "forename" if "forename" in finding["message"] else "surname"
    return _FIELDS.get(finding["code"], "")
