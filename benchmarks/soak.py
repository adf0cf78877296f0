"""``make soak``: long fuzzing of everything that reads bytes. Crashes become tests."""

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable
from io import BytesIO

from keystage.checks.files import Options, check_content
from keystage.ctf.repair import repair
from keystage.returns.refused import FileRefused
from keystage.sheets import RegisterRefused, read_register, write_register, write_template
from keystage.simulate import DIALECTS, a_file, a_register, a_return
from keystage.years import load

YEAR = load(2026)


def seeds() -> dict[str, list[bytes]]:
    """Return sound files of each kind to spoil."""
    register, template = BytesIO(), BytesIO()
    write_register(a_register(pupils=4), register)
    write_template(a_return(pupils=4), YEAR, template, kind="csv")
    workbook = BytesIO()
    write_template(a_return(pupils=4), YEAR, workbook, kind="xlsx")
    return {
        "xml": [a_file(pupils=3, dialect=name) for name in DIALECTS],
        "csv": [template.getvalue()],
        "xlsx": [workbook.getvalue()],
        "register": [register.getvalue()],
    }


def spoil(data: bytes, dice: random.Random) -> bytes:
    """Change a file a little: cut, flip, copy, insert."""
    spoilt = bytearray(data)
    for _ in range(dice.randint(1, 6)):
        at, length = dice.randrange(len(spoilt) + 1), dice.randint(1, 40)
        match dice.randrange(5):
            case 0:
                del spoilt[at : at + length]
            case 1:
                spoilt[at : at + 1] = bytes([dice.randrange(256)])
            case 2:
                spoilt[at:at] = spoilt[(other := dice.randrange(len(spoilt) + 1)) : other + length]
            case 3:
                spoilt[at:at] = dice.choice(_BAIT)
            case _:
                spoilt = spoilt[: max(at, 1)]
    return bytes(spoilt)


_BAIT = (
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"<!-- ",
    b"<![CDATA[",
    b"]]>",
    b"&amp;",
    b"&#0;",
    b"<Pupil>",
    b"</Pupil>",
    b"<StageAssessment/>",
    b"<?xml version='1.0'?>",
    b"\x00",
    b"\xff\xfe",
    b'"',
    b"\r\n",
    b"=cmd|",
    b"xmlns='urn:x' ",
)


def targets() -> dict[str, Callable[[bytes], object]]:
    """Return what reads each kind of file."""

    def check_xml(data: bytes) -> None:
        check_content(data, "9992000_KS2_NAALLLL_001.xml", Options())
        repair(data, lambda _year: YEAR)

    return {
        "xml": check_xml,
        "csv": lambda data: check_content(data, "9992000.csv", Options()),
        "xlsx": lambda data: check_content(data, "9992000.xlsx", Options()),
        "register": lambda data: read_register(data, YEAR, name="register.csv"),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    asked = parser.parse_args()
    dice = random.Random(asked.seed)
    sound, reads = seeds(), targets()
    print(f"Seed {asked.seed}, {asked.minutes:g} minutes.")
    runs: Counter[str] = Counter()
    end = time.monotonic() + asked.minutes * 60
    while time.monotonic() < end:
        kind = dice.choice(list(sound))
        data = spoil(dice.choice(sound[kind]), dice)
        runs[kind] += 1
        try:
            reads[kind](data)
        except (FileRefused, RegisterRefused):
            runs[f"{kind}, refused"] += 1
        except Exception:
            print(f"{kind}: run {runs[kind]} of seed {asked.seed} failed on {data!r}")
            raise
    for kind, count in sorted(runs.items()):
        print(f"  {kind}: {count:,}")
    print("No exception but the two kinds of refusal.")


if __name__ == "__main__":
    main()
