"""Files made by hand for the tests of the command line, and a way to run it without a new process."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from keystage.cli import main

SCHOOL = "9991234"
GOOD_NAME = f"{SCHOOL}_KS2_NAALLLL_001.xml"
ADA = ("P999999919001", "Example", "Ada", "2015-03-09", "F", {"WRI": "EXS", "SCI": "EXS"})
BEN = ("D999999919002", "Sample", "Ben", "2014-11-30", "M", {"WRI": "WTS", "SCI": "HNM"})
CAI = ("T999999919003", "Pattern", "Cai", "2015-06-01", "M", {"WRI": "GDS", "SCI": "EXS"})
DEE = ("G999999919004", "Specimen", "Dee", "2015-01-17", "F", {"WRI": "PK4", "SCI": "HNM", "REA": "PK3", "MAT": "PK4"})
EVE = ("W999999919005", "O'Model", "Eve", "2014-09-01", "F", {"WRI": "EXS", "SCI": "EXS"})
CLASS = (ADA, BEN, CAI, DEE, EVE)

Pupil = tuple[str, str, str, str, str, dict[str, str]]

_STAGE = {"WRI": "ENG", "REA": "ENG", "MAT": "MAT", "SCI": "SCI"}


def with_codes(pupil: Pupil, **codes: str) -> Pupil:
    """Return a pupil with other codes; an empty one is left out."""
    return (*pupil[:5], {subject: code for subject, code in {**pupil[5], **codes}.items() if code})


def ctf(
    *pupils: Pupil,
    school: str = SCHOOL,
    year: int = 2026,
    destination: str = "NAALLLL",
    made: str = "2026-06-12T09:00:00",
) -> str:
    """Write a file as a careful supplier would."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<CTfile>
  <Header>
    <DocumentName>Common Transfer File</DocumentName>
    <CTFversion>{year - 2001}.0</CTFversion>
    <DateTime>{made}</DateTime>
    <DocumentQualifier>partial</DocumentQualifier>
    <SupplierID>By hand</SupplierID>
    <SourceSchool>
      <LEA>{school[:3]}</LEA>
      <Estab>{school[3:]}</Estab>
      <SchoolName>Made-up School</SchoolName>
      <AcademicYear>{year - 1}</AcademicYear>
    </SourceSchool>
    <DestSchool>
      <LEA>{destination[:3]}</LEA>
      <Estab>{destination[3:]}</Estab>
    </DestSchool>
  </Header>
  <CTFpupilData>
{"".join(_pupil(pupil, year) for pupil in pupils)}  </CTFpupilData>
</CTfile>
"""


def _pupil(pupil: Pupil, year: int) -> str:
    upn, surname, forename, born, sex, codes = pupil
    rows = "".join(_row(subject, code, year) for subject, code in codes.items())
    return f"""    <Pupil>
      <UPN>{upn}</UPN>
      <Surname>{surname}</Surname>
      <Forename>{forename}</Forename>
      <DOB>{born}</DOB>
      <Sex>{sex}</Sex>
      <StageAssessments>
        <KeyStage>
          <Stage>KS2</Stage>
{rows}        </KeyStage>
      </StageAssessments>
    </Pupil>
"""


def _row(subject: str, code: str, year: int) -> str:
    return f"""          <StageAssessment>
            <Locale>ENG</Locale>
            <Year>{year}</Year>
            <Subject>{_STAGE[subject]}</Subject>
            <Method>TA</Method>
            <Component>{subject}</Component>
            <ResultStatus>R</ResultStatus>
            <ResultQualifier>NC</ResultQualifier>
            <Result>{code}</Result>
          </StageAssessment>
"""


def register(*pupils: Pupil, extra: Sequence[str] = ()) -> str:
    """Write the register that expects these pupils; those with codes in reading and maths sit no such test."""
    lines = ["upn,surname,forename,dob,sex,reading,maths,gps,status"]
    for upn, surname, forename, born, sex, codes in pupils:
        tests = ["below" if subject in codes else "registered" for subject in ("REA", "MAT")]
        lines.append(",".join((upn, surname, forename, born, sex, *tests, "registered", "registered")))
    return "\n".join((*lines, *extra)) + "\n"


def put(folder: Path, name: str, content: str | bytes) -> Path:
    """Write a file, in folders that need not be there yet."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def keystage(*words: object, **environment: str) -> Result:
    """Run a command as a person would type it, in this process."""
    environment = {"COLUMNS": "100", "XDG_CONFIG_HOME": "/nowhere", **environment}
    return CliRunner().invoke(main, [str(word) for word in words], env=environment)


def as_json(*words: object) -> Any:
    """Run a command that prints JSON, and read what it prints."""
    return json.loads(keystage(*words, "--format", "json").stdout)


def process(*words: object, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, as a shell does."""
    command = [sys.executable, "-m", "keystage", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, **options)
