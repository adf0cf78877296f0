"""Files to try in the demonstration: made up when they are asked for, so that they fit what is there then."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from types import MappingProxyType
from zipfile import ZIP_DEFLATED, ZipFile

from keystage.service.config.years import load
from keystage.service.demo.gateway import FAULTS, SILENT
from keystage.service.demo.results import SchoolToResult, national_csv
from keystage.service.demo.seed import YEAR
from keystage.service.gateway.models import GatewayReturn
from keystage.service.gateway.register import held_of, register_of, registered_of, return_of
from keystage.service.school.models import SchoolReturn
from keystage.simulate import MadeSchool, Plan, make_school, registers

_LATE = tuple(range(12, 20))
"""Places of schools in the made-up country that nobody knows yet."""


@dataclass(frozen=True, slots=True)
class FileToTry:
    """A file that somebody can download here and load elsewhere in the demonstration."""

    name: str
    for_whom: str
    says: str
    make: Callable[[], bytes]


def results_csv() -> bytes:
    """Return made-up results of every practice school, as a national results file has them."""
    return _results()


def revised_csv() -> bytes:
    """Return the results after made-up marking reviews."""
    return _results(reviewed=True)


def _results(*, reviewed: bool = False) -> bytes:
    returns = GatewayReturn.objects.filter(collection__is_practice=True, collection__year=YEAR).order_by("number")
    practising = set(SchoolReturn.objects.filter(year=YEAR).values_list("organisation_id", flat=True))
    schools = [
        SchoolToResult(
            each.number, register_of(registered_of(each)), return_of(each, held_of(each)), each.school_id in practising
        )
        for each in returns.select_related("collection", "school")
    ]
    return national_csv(schools, load(YEAR), reviewed=reviewed)


def authority_zip() -> bytes:
    """Return a zip of the files of schools that have not sent yet, one of them with faults."""
    sink = BytesIO()
    with ZipFile(sink, "w", ZIP_DEFLATED) as zipped:
        for index in SILENT:
            made = _school(index, faults=FAULTS if index == SILENT[-1] else 0)
            zipped.writestr(made.file_name, made.file)
    return sink.getvalue()


def registration_csv() -> bytes:
    """Return the registers of schools that the gateway does not know yet."""
    made = [_school(index) for index in _LATE]
    lines = (registers.national(each.register, each.school) for each in made)
    return (registers.NATIONAL_HEADING + "".join(lines)).encode()


def _school(index: int, *, faults: float = 0) -> MadeSchool:
    return make_school(Plan(load(YEAR), seed=7, faults=faults), index)


FILES: Mapping[str, FileToTry] = MappingProxyType(
    {
        each.name: each
        for each in (
            FileToTry(
                "authority-files.zip", "the data officer",
                "the files of four schools that have sent nothing yet, one of them with faults: send it for them",
                authority_zip,
            ),
            FileToTry(
                "registration.csv", "the operator",
                "the expected pupils of eight more schools: load it under “Registration”", registration_csv,
            ),
            FileToTry(
                "results.csv", "the operator",
                "test results for everybody who is expected: load it under “Results”, and set the time of release",
                results_csv,
            ),
            FileToTry("results-revised.csv", "the operator", "results after marking reviews, to be released second",
                      revised_csv),
        )
    }
)  # fmt: skip
"""Every file by its name."""
