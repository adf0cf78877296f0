"""Coverage-guided fuzzing of what reads files from outside: the CTF reader and its doctor, the template, the register.

    python benchmarks/fuzz_reader.py [reader|repair|template|register] [folder of samples] [options of libFuzzer]

Needs atheris (``pip install atheris``; wheels for Python 3.11 to 3.13 on Linux). It runs until it is stopped, or for
``-max_total_time=SECONDS``; an input that breaks something is kept as ``crash-…`` and belongs into a test then. Only a
refusal may come of a file, whatever its bytes. Without atheris the command says so and ends with status 2.
"""

import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from keystage import years
from keystage.ctf import read
from keystage.ctf.repair import repair
from keystage.ctf.results import to_results
from keystage.ctf.to_return import collection_year, to_return
from keystage.ctf.writer import to_bytes
from keystage.returns.refused import FileRefused

YEAR = years.load(2026)
SAMPLES = Path(__file__).parent.parent / "tests" / "ctf" / "samples"


def try_reader(data: bytes) -> None:
    """Read a file and everything that is made of it; what is written again must be read again."""
    file = read(data)
    collection_year(file)
    to_return(file, YEAR)
    to_results(file, YEAR)
    for at in (*file.pupils_at, *(at for rows_at in file.rows_at for at in rows_at)):
        file.place(at, "code")
    read(to_bytes(file))


def try_repair(data: bytes) -> None:
    """Repair a file; a second time nothing may be left to do."""
    repaired = repair(data, lambda _year: YEAR)
    again = repair(repaired.data, lambda _year: YEAR)
    assert again.data == repaired.data, "a second repair found something to do"


def try_template(data: bytes) -> None:
    """Read a spreadsheet or a file of separated values as a filled template."""
    from keystage.sheets import read_template

    read_template(data, YEAR, name="9999999.csv")


def try_register(data: bytes) -> None:
    """Read a file of separated values as a register."""
    from keystage.sheets import RegisterRefused, read_register

    with suppress(RegisterRefused):
        read_register(data, YEAR, name="register.csv")


TARGETS: dict[str, Callable[[bytes], None]] = {
    "reader": try_reader,
    "repair": try_repair,
    "template": try_template,
    "register": try_register,
}


def refusals_are_fine(target: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """Let the refusal of a file pass: it is what a file that cannot be read must come to."""

    def try_one(data: bytes) -> None:
        try:
            target(data)
        except FileRefused as refused:
            must_help(refused)

    return try_one


def must_help(refused: FileRefused) -> None:
    """Make sure that a refusal says what is wrong and what a person can do."""
    assert refused.what, "a refusal without words"
    assert refused.fix, "a refusal without a way out"


def main(arguments: list[str]) -> int:
    name, *rest = arguments if arguments and not arguments[0].startswith("-") else ["reader", *arguments]
    if name not in TARGETS:
        print(f"“{name}” is none of {', '.join(TARGETS)}.", file=sys.stderr)
        return 2
    try:
        atheris = import_module("atheris")
    except ImportError:
        print("Fuzzing needs atheris, which is not installed: pip install atheris", file=sys.stderr)
        return 2
    atheris.instrument_all()
    samples = rest if any(not each.startswith("-") for each in rest) else [str(SAMPLES), *rest]
    atheris.Setup([sys.argv[0], *samples], refusals_are_fine(TARGETS[name]))
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
