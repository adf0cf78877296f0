"""Zips of schools' files, as an authority makes them."""

import zipfile
from io import BytesIO

from keystage.returns.value import Pupil
from service.at_gateway import SchoolThere, a_file


def a_zip(*files: tuple[str, bytes]) -> bytes:
    """Return a zip with these files, by name."""
    sink = BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return sink.getvalue()


def zip_of(*schools: SchoolThere) -> bytes:
    """Return a zip with a good file of each school."""
    return a_zip(*(a_file(school) for school in schools))


def csv_of(pupils: list[Pupil]) -> bytes:
    """Return pupils as a filled template, with the codes of GOOD."""
    rows = [
        f"{each.upn},{each.surname},{each.forename},{each.birth_date:%d/%m/%Y},{each.sex},,EXS,,EXS" for each in pupils
    ]
    head = "UPN,Surname,Forename,Date of birth,Sex,Reading TA,Writing TA,Maths TA,Science TA"
    return "\n".join([head, *rows, ""]).encode()
