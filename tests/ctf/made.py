"""Files made for tests, as text, by another hand than the writer under test."""

from pathlib import Path

import pytest

from keystage.ctf import read
from keystage.ctf.limits import LIMITS, Limits
from keystage.ctf.model import CtfFile, CtfPupil, Row
from keystage.returns.refused import FileRefused
from keystage.years import load

SAMPLES = Path(__file__).parent / "samples"
MTC = SAMPLES / "9992001_MTC_9992001_001.xml"
SKELETON = SAMPLES / "skeleton.xml"
YEAR = load(2026)

SOURCE = (
    "<SourceSchool><LEA>999</LEA><Estab>9999</Estab><SchoolName>Invented Primary School</SchoolName>"
    "<AcademicYear>2025</AcademicYear></SourceSchool>"
)
HEADER = (
    "<Header>\n<DocumentName>Common Transfer File</DocumentName>\n<CTFversion>25.0</CTFversion>\n"
    "<DateTime>2026-06-18T14:05:00</DateTime>\n<DocumentQualifier>partial</DocumentQualifier>\n"
    f"<SupplierID>ExampleMIS</SupplierID>\n{SOURCE}\n"
    "<DestSchool><LEA>NAA</LEA><Estab>LLLL</Estab></DestSchool>\n</Header>"
)
IDENTITY = "<UPN>P999999919001</UPN><Surname>Example</Surname><Forename>Ada</Forename><DOB>2014-11-03</DOB><Sex>F</Sex>"
WRITING = Row("KS2", "ENG", "2026", "ENG", "TA", "WRI", "R", "NC", "EXS")
SCIENCE = WRITING._replace(subject="SCI", component="SCI")


def row(
    result: str = "EXS", *, subject: str = "ENG", component: str = "WRI", year: str = "2026", more: str = ""
) -> str:
    """Write one result on one line."""
    return (
        f"<StageAssessment><Locale>ENG</Locale><Year>{year}</Year><Subject>{subject}</Subject><Method>TA</Method>"
        f"<Component>{component}</Component><ResultStatus>R</ResultStatus><ResultQualifier>NC</ResultQualifier>"
        f"<Result>{result}</Result>{more}</StageAssessment>"
    )


def key_stage(*rows: str, stage: str = "KS2") -> str:
    """Write a key stage around rows, each on a line of its own."""
    return "<KeyStage><Stage>" + stage + "</Stage>\n" + "\n".join(rows) + "\n</KeyStage>"


def pupil(*rows: str, identity: str = IDENTITY, before: str = "", after: str = "") -> str:
    """Write a pupil with rows of key stage 2."""
    results = f"\n<StageAssessments>{key_stage(*rows)}</StageAssessments>" if rows else ""
    return f"<Pupil>\n{identity}{before}{results}{after}\n</Pupil>"


def ctf(*pupils: str, header: str = HEADER, declaration: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    """Write a file: the declaration on line 1, the header on lines 2 to 10, the first pupil on line 12."""
    return f"{declaration}\n<CTfile>{header}\n<CTFpupilData>\n" + "\n".join(pupils) + "\n</CTFpupilData></CTfile>\n"


def read_text(text: str) -> CtfFile:
    return read(text.encode())


def only_pupil(text: str) -> CtfPupil:
    """Read a pupil by itself."""
    (found,) = read_text(ctf(text)).pupils
    return found


def refusal(data: bytes | str, limits: Limits = LIMITS) -> FileRefused:
    """Return the refusal of a file that must be refused."""
    with pytest.raises(FileRefused) as caught:
        read(data.encode() if isinstance(data, str) else data, limits=limits)
    return caught.value


def refusal_if_any(data: bytes) -> FileRefused | None:
    """Return the refusal of a file that may be refused."""
    try:
        read(data)
    except FileRefused as refused:
        return refused
    return None


def stated(refused: FileRefused) -> tuple[str, int | None, int | None]:
    """Return code, line and column."""
    return refused.code, refused.line, refused.column


def lines_of_rows(file: CtfFile) -> list[list[int | None]]:
    """Return the line of each row, pupil by pupil."""
    return [[file.place(at).line for at in rows_at] for rows_at in file.rows_at]
