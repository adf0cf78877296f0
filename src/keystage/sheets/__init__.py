"""Spreadsheets that come in or go back: the template, the register, the results. Each part is loaded when used."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keystage.sheets.headings import looks_like_register, looks_like_results
    from keystage.sheets.marksheet import Marksheet, MarksheetLine, made_from, write_marksheet
    from keystage.sheets.register import RegisterFault, RegisterRefused, read_register, write_register
    from keystage.sheets.results import read_results, write_results
    from keystage.sheets.roll import read_roll
    from keystage.sheets.sheet_file import SheetFile
    from keystage.sheets.table import Table, read_table
    from keystage.sheets.template import read_template, write_template

_HOMES = {
    "Marksheet": "marksheet",
    "MarksheetLine": "marksheet",
    "RegisterFault": "register",
    "RegisterRefused": "register",
    "SheetFile": "sheet_file",
    "Table": "table",
    "looks_like_register": "headings",
    "looks_like_results": "headings",
    "made_from": "marksheet",
    "read_register": "register",
    "read_results": "results",
    "read_roll": "roll",
    "read_table": "table",
    "read_template": "template",
    "write_marksheet": "marksheet",
    "write_register": "register",
    "write_results": "results",
    "write_template": "template_writer",
}

__all__ = [
    "Marksheet",
    "MarksheetLine",
    "RegisterFault",
    "RegisterRefused",
    "SheetFile",
    "Table",
    "looks_like_register",
    "looks_like_results",
    "made_from",
    "read_register",
    "read_results",
    "read_roll",
    "read_table",
    "read_template",
    "write_marksheet",
    "write_register",
    "write_results",
    "write_template",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
