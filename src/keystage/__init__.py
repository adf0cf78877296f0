"""Keystage: the key stage 2 teacher assessment return, checked the same way at school and at the gateway.

>>> import keystage
>>> report = keystage.check_file("9991234_KS2_NAALLLL_001.xml")  # doctest: +SKIP
>>> report.verdict  # doctest: +SKIP
<Verdict.CLEAN: 'clean'>
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from keystage import checks, ctf, measures, pupils, returns, sheets, simulate, years
    from keystage.checks.files import check_file

__version__ = "0.1.0"

__all__ = [
    "__version__",
    "check_file",
    "checks",
    "ctf",
    "measures",
    "pupils",
    "returns",
    "sheets",
    "simulate",
    "years",
]


def __getattr__(name: str) -> Any:
    """Load a room when it is first used, so that importing Keystage is quick."""
    if name == "check_file":
        return import_module("keystage.checks.files").check_file
    if name in __all__:
        return import_module(f"keystage.{name}")
    raise AttributeError(f"module 'keystage' has no attribute {name!r}")
