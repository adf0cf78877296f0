"""A made-up school to try the page with: nobody in it is real."""

import json
from pathlib import Path

from keystage.checks.files import Options, usual_year
from keystage.simulate import Plan, make_school

_SEED, _FAULTS, _PUPILS = 2, 0.3, 30


def lay_out(folder: str) -> str:
    """Write a return with faults, its register and an earlier file into a folder; return their paths as JSON."""
    made = make_school(Plan(usual_year(Options()), _SEED, _FAULTS, pupils=_PUPILS))
    home = Path(folder)
    home.mkdir(parents=True, exist_ok=True)
    file, register = home / made.file_name, home / made.register.name
    file.write_bytes(made.file)
    register.write_text(made.register_csv, encoding="utf-8")
    return json.dumps({"file": str(file), "register": str(register)})
