"""Every write is in a transaction with its event: a service that records without one would fail at its first use."""

import ast
from collections.abc import Iterator
from pathlib import Path

import keystage.service

SERVICE = Path(keystage.service.__file__).parent
RECORDERS = {"record", "record_all"}
IN_THE_CALLERS = {"add_role", "content_changed"}
"""Parts of a larger change: they write in the transaction of whoever calls them, and say so."""


def names(node: ast.AST) -> set[str]:
    """Return the names of what is called anywhere in some code."""
    calls = (each.func for each in ast.walk(node) if isinstance(each, ast.Call))
    return {each.id for each in calls if isinstance(each, ast.Name)}


def is_atomic(function: ast.FunctionDef) -> bool:
    return "transaction.atomic" in ast.unparse(function).replace("@", "")


def recording(path: Path) -> Iterator[ast.FunctionDef]:
    """Yield the public functions that record something, by themselves or through a private one beside them."""
    functions = {each.name: each for each in ast.parse(path.read_text()).body if isinstance(each, ast.FunctionDef)}
    recorders = set(RECORDERS)
    while more := {name for name, each in functions.items() if names(each) & recorders and not is_atomic(each)} - (
        recorders
    ):
        recorders |= more
    yield from (each for name, each in functions.items() if name[0] != "_" and names(each) & recorders)


def test_what_a_service_records_is_in_a_transaction() -> None:
    paths = [path for app in ("school", "accounts") for path in (SERVICE / app / "services").rglob("*.py")]
    found = [(path, each) for path in paths for each in recording(path)]
    assert len(found) > 25
    assert {each.name for _, each in found if not is_atomic(each)} == IN_THE_CALLERS
