"""``make demo``: the main job on made-up data."""

import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path("demo")


def keystage(*arguments: str) -> None:
    print(f"\n$ keystage {' '.join(arguments)}", flush=True)
    subprocess.run([sys.executable, "-m", "keystage", *arguments], check=False)


def main() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    print("A made-up school and its return, with a few mistakes seeded. No real person is in it.")
    keystage(
        "simulate", str(FOLDER), "--schools", "1", "--seed", "2", "--faults", "0.12", "--dialect", "arbor", "--results"
    )
    (path,) = (FOLDER / "returns").iterdir()
    (register,) = (FOLDER / "registers").iterdir()
    (results,) = (FOLDER / "results").iterdir()
    keystage("show", str(path))
    keystage("check", str(path), "--register", str(register), "--today", "2026-06-26")
    keystage("results", str(results), "--register", str(register), "--sent", str(path), "--year", "2026")
    print(f"\nThe files are in the folder {FOLDER}. Every seeded mistake is listed in {FOLDER / 'manifest.json'}.")


if __name__ == "__main__":
    main()
