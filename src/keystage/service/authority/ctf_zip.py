"""A Common Transfer File for each school of what counts, in a zip that is made while it is sent."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from keystage.checks.london import london_time
from keystage.ctf.filename import FileName
from keystage.ctf.from_return import from_return
from keystage.ctf.writer import to_bytes
from keystage.returns.value import Pupil, Return
from keystage.service.gateway.models import HeldPupil
from keystage.service.gateway.register import return_pupil
from keystage.service.gateway.results_files import tidy_for_xml
from keystage.years.year import CollectionYear


class Member(NamedTuple):
    """A file in the zip."""

    name: str
    content: bytes


def ctfs(held: Iterable[HeldPupil], year: CollectionYear, made: datetime) -> Iterator[Member]:
    """Yield the file of each school; one school is in memory.

    A file is addressed to the school itself, so that no software takes it for a return. Where two schools have the same
    number, the number at the end of the second's name goes up.

    Args:
        held: who counts, school by school.
        year: the collection year.
        made: when the files are made.
    """
    given: dict[str, int] = {}
    for _, some in groupby(held, key=lambda each: each.gateway_return_id):
        pupils = list(some)
        returned = pupils[0].gateway_return
        number, school = returned.number, returned.school
        given[number] = given.get(number, 0) + 1
        file = from_return(
            Return(number, year.year, tuple(_writable(return_pupil(each)) for each in pupils)), year,
            made=london_time(made).replace(tzinfo=None), school_name=tidy_for_xml(school.name), urn=school.urn,
            destination=number,
        )  # fmt: skip
        yield Member(str(FileName(number, number, given[number], year.ctf.type_token)), to_bytes(file))


def zipped(members: Iterable[Member], made: datetime) -> Iterator[bytes]:
    """Yield a zip piece by piece; nothing of it is kept."""
    sink = _Passing()
    when = london_time(made).timetuple()[:6]
    with ZipFile(sink, "w", ZIP_DEFLATED) as archive:  # type: ignore[call-overload]  # it only writes
        for name, content in members:
            info = ZipInfo(name, when)
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, content)
            yield sink.take()
    yield sink.take()


class _Passing:
    """Holds what was written until it is taken."""

    def __init__(self) -> None:
        self._held = bytearray()

    def write(self, data: bytes) -> int:
        self._held += data
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def take(self) -> bytes:
        taken, self._held = bytes(self._held), bytearray()
        return taken


def _writable(pupil: Pupil) -> Pupil:
    return pupil._replace(
        upn=tidy_for_xml(pupil.upn),
        former_upn=tidy_for_xml(pupil.former_upn),
        surname=tidy_for_xml(pupil.surname),
        forename=tidy_for_xml(pupil.forename),
        sex=tidy_for_xml(pupil.sex),
    )
