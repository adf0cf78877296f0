"""``make bench``: how fast, beside a bare expat parse of the same bytes in the same process."""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path
from xml.parsers import expat

from benchmarks.measure import against, bare_parse, parse_with_empty_handlers, table
from keystage.checks.run import run
from keystage.ctf.reader import read
from keystage.ctf.to_return import collection_year, to_return
from keystage.returns.register import Register
from keystage.simulate import DIALECTS, a_file, a_register, a_return
from keystage.years import load

TODAY = date(2026, 6, 26)
YEAR = load(2026)
NAME = "9992000_KS2_NAALLLL_001.xml"


def check(data: bytes, register: Register | None = None) -> None:
    file = read(data, name=NAME)
    assert collection_year(file) == YEAR.year
    return_ = to_return(file, YEAR)
    run(return_, year=YEAR, today=TODAY, register=register)


def one_file(heading: str, data: bytes, register: Register, pupils: int) -> None:
    timed = against(
        lambda: bare_parse(data),
        {
            "expat, empty handlers": lambda: parse_with_empty_handlers(data),
            "read": lambda: read(data),
            "read, as a return": lambda: to_return(read(data), YEAR),
            "read and all checks": lambda: check(data),
            "… with a register": lambda: check(data, register),
        },
    )
    rows = [
        (each.name, f"{each.seconds * 1000:.3f}", f"{each.ratio:.2f}", f"{pupils / each.seconds:,.0f}")
        for each in timed
    ]
    table(f"{heading}: {len(data):,} bytes, {pupils:,} pupils", ("", "ms", "times bare", "pupils a second"), rows)


def dialects() -> None:
    rows = []
    for name in DIALECTS:
        data = a_file(pupils=60, dialect=name)
        timed = against(
            partial(bare_parse, data),
            {"read": partial(read, data), "all": partial(check, data)},
            seconds=0.6,
        )
        bare, reading, checking = timed
        rows.append(
            (
                name,
                f"{len(data):,}",
                f"{bare.seconds * 1000:.3f}",
                f"{reading.seconds * 1000:.3f}",
                f"{reading.ratio:.2f}",
                f"{checking.seconds * 1000:.3f}",
                f"{checking.ratio:.2f}",
            )
        )
    columns = ("60 pupils as written by", "bytes", "bare ms", "read ms", "times", "all checks ms", "times")
    table("Dialects", columns, rows)


def spreadsheets() -> None:
    from keystage.sheets import read_template, write_template

    return_ = a_return(pupils=60)
    rows = []
    for kind in ("xlsx", "csv"):
        sink = BytesIO()
        write_template(return_, YEAR, sink, kind=kind)
        data, name = sink.getvalue(), f"9992000.{kind}"
        best = min(_timed(partial(read_template, data, YEAR, name=name)) for _ in range(30))
        rows.append((kind, f"{len(data):,}", f"{best * 1000:.2f}"))
    table("Templates of 60 pupils", ("", "bytes", "read ms"), rows)


def _timed(do: Callable[[], object]) -> float:
    begin = time.perf_counter()
    do()
    return time.perf_counter() - begin


def whole_process(folder: Path) -> None:
    path = folder / NAME
    path.write_bytes(a_file(pupils=60))
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "python -c 'import click'": [sys.executable, "-c", "import click"],
        "keystage check FILE": [sys.executable, "-m", "keystage", "check", str(path), "--today", TODAY.isoformat()],
    }
    rows = []
    for name, command in commands.items():
        best = min(_timed(partial(subprocess.run, command, check=False, capture_output=True)) for _ in range(7))
        rows.append((name, f"{best:.3f}"))
    table("Whole process, 60 pupils", ("", "seconds"), rows)


def country(folder: Path, schools: int) -> None:
    out = folder / "country"
    keystage = [sys.executable, "-m", "keystage"]
    making = _run([*keystage, "simulate", str(out), "--schools", str(schools), "--faults", "0.01"])
    files = sorted((out / "returns").iterdir())
    bare = _timed(partial(_parse_all, files))
    rows = [
        ("simulate (with registers)", f"{making[0]:.1f}", "", f"{making[1]:.0f}"),
        ("bare expat parse, one process", f"{bare:.1f}", "1.00", ""),
    ]
    for label, paths in (("check, returns alone", [out / "returns"]), ("check, with registers", [out])):
        for jobs in (1, 2):
            command = [*keystage, "check", *map(str, paths), "--jobs", str(jobs), "--format", "json"]
            took, memory = _run([*command, "--output", str(folder / "out.json"), "--today", "2026-06-26"])
            rows.append(
                (f"{label}, {jobs} process{'es' * (jobs > 1)}", f"{took:.1f}", f"{took / bare:.2f}", f"{memory:.0f}")
            )
    size = sum(path.stat().st_size for path in files)
    heading = f"A country: {schools:,} schools, {len(files):,} files, {size / 1e9:.2f} GB"
    table(heading, ("", "seconds", "times bare", "largest process, MB"), rows)
    shutil.rmtree(out)


def _parse_all(files: list[Path]) -> None:
    for path in files:
        with suppress(expat.ExpatError, LookupError, ValueError):  # some files are spoilt on purpose
            bare_parse(path.read_bytes())


def _run(command: list[str]) -> tuple[float, float]:
    """Run a command; return its seconds and the memory of its largest process in MB."""
    begin = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        peak = _watch(process)
    return time.perf_counter() - begin, peak


def _watch(process: "subprocess.Popen[bytes]") -> float:
    peak = 0.0
    while process.poll() is None:
        for pid in [process.pid, *_children(process.pid)]:
            peak = max(peak, peak_memory(pid))
        time.sleep(0.2)
    return peak


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def peak_memory(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    lines = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(lines[0].split()[1]) / 1000 if lines else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schools", type=int, default=17_000, help="how many schools the country has")
    schools = parser.parse_args().schools
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}")
    print("Best of many runs in turns. This machine may be shared: look at the ratios, not at the times.")
    for pupils in (60, 2_000):
        register = a_register(pupils=pupils)
        one_file("One return", a_file(pupils=pupils), register, pupils)
    dialects()
    spreadsheets()
    with tempfile.TemporaryDirectory() as folder:
        whole_process(Path(folder))
        country(Path(folder), schools)


if __name__ == "__main__":
    main()
