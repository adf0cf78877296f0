"""Preparing the files of those who have the results of many schools: authorities, trusts, secondary schools."""

from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.db import transaction
from django.db.models import QuerySet
from django_tasks import task

from keystage.pupils.matching import match
from keystage.returns.results import PupilResult, Results
from keystage.service.accounts.models import Organisation
from keystage.service.accounts.roles import OrganisationKind
from keystage.service.config.years import load as load_year
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.files.store import get, pieces_of, put_pieces
from keystage.service.gateway.models import (
    FileKind,
    PreparedFile,
    RegisteredPupil,
    Release,
    ReleaseStage,
    SchoolResults,
)
from keystage.service.gateway.register import expected
from keystage.service.gateway.released import ordinal
from keystage.service.gateway.results_files import Naming, csv_of, ctf_of, whose
from keystage.sheets.results import read_results
from keystage.years.registration import PupilStatus

COLLECTIVE = (OrganisationKind.AUTHORITY, OrganisationKind.TRUST, OrganisationKind.SECONDARY)
"""The kinds of organisation that have the results of many schools."""
_AT_ONCE = 10
_ZIPS = ((FileKind.ZIP, FileKind.CTF, "tests"), (FileKind.ZIP_TA, FileKind.CTF_TA, "tests_and_TA"))
_ALWAYS = (1980, 1, 1, 0, 0, 0)
"""The date of everything in a zip, so that the same content gives the same bytes."""


def is_being_prepared(release: Release) -> bool:
    """Say whether files of a release may still be written, which holds until the end of the caller's transaction.

    A worker that was taken for dead goes on where others have finished: what is ready, or released, must stay as it is.
    """
    return Release.objects.select_for_update().get(pk=release.pk).stage == ReleaseStage.PREPARING


@transaction.atomic
def collect_when_due(key: str) -> None:
    """Count the schools that are prepared; once all are, go on with those who have the results of many."""
    release = Release.objects.select_for_update(of=("self",)).select_related("collection").get(key=key)
    if release.stage != ReleaseStage.PREPARING:
        return
    known = SchoolResults.objects.filter(release=release).exclude(gateway_return=None)
    done, count = known.exclude(prepared_at=None).count(), known.count()
    if release.done >= count:
        return  # another piece was here
    release.done = done
    if done == count:
        keys = list(_collectives(release).order_by("key").values_list("key", flat=True))
        release.total = count + len(keys)
    release.save(update_fields=["done", "total"])
    if done == count:
        _enqueue(release, keys)


def _collectives(release: Release) -> QuerySet[Organisation]:
    return Organisation.objects.filter(kind__in=COLLECTIVE, is_practice=release.collection.is_practice)


def _done(release: Release) -> set[str]:
    found = PreparedFile.objects.filter(release=release, organisation__kind__in=COLLECTIVE)
    return set(found.values_list("organisation__key", flat=True))


def collect_again(key: str) -> None:
    """Have what is left of it done: work that was lost with its worker."""
    release = Release.objects.select_related("collection").get(key=key)
    done = _done(release)
    keys = [each for each in _collectives(release).order_by("key").values_list("key", flat=True) if each not in done]
    release.total = SchoolResults.objects.filter(release=release).exclude(gateway_return=None).count() + len(
        done | set(keys)
    )
    Release.objects.filter(pk=release.pk).update(total=release.total)
    _enqueue(release, keys)


def _enqueue(release: Release, keys: list[str]) -> None:
    for start in range(0, max(len(keys), 1), _AT_ONCE):
        collect_for.enqueue(release.key, keys[start : start + _AT_ONCE])


@task()
def collect_for(key: str, organisations: list[str]) -> None:
    """Prepare the files of some authorities, trusts and secondary schools."""
    release = Release.objects.select_related("collection").get(key=key)
    if release.stage != ReleaseStage.PREPARING:
        return
    year = load_year(release.collection.year)
    by = Naming(release, year, ordinal(release))
    for organisation in Organisation.objects.filter(key__in=organisations):
        if organisation.kind == OrganisationKind.SECONDARY:
            files = _for_secondary(organisation, by)
        else:
            files = _for_schools(organisation, by)
        _keep(release, organisation, list(files))
    _finish(key)


def _keep(release: Release, organisation: Organisation, files: "list[_File]") -> None:
    """Write the rows of an organisation's files; where there is nothing for it, one that says so."""
    rows = files or [_File(FileKind.NONE, "", "", 0, 0)]
    with transaction.atomic():
        if not is_being_prepared(release):
            return
        PreparedFile.objects.filter(release=release, organisation=organisation).delete()
        PreparedFile.objects.bulk_create(
            PreparedFile(
                release=release, organisation=organisation, kind=each.kind, name=each.name, sha256=each.sha256,
                size=each.size, pupils=each.pupils,
            )
            for each in rows
        )  # fmt: skip


class _File(NamedTuple):
    kind: FileKind
    name: str
    sha256: str
    size: int
    pupils: int


def _for_schools(organisation: Organisation, by: Naming) -> Iterator[_File]:
    """Yield the files of an authority or a trust: what its schools have, put together."""
    found = PreparedFile.objects.filter(release=by.release)
    if organisation.kind == OrganisationKind.TRUST:
        found = found.filter(organisation__trust=organisation)
    else:
        schools = SchoolResults.objects.filter(
            release=by.release, gateway_return__authority_number=organisation.number
        ).exclude(gateway_return=None)
        found = found.filter(organisation__in=schools.values("gateway_return__school"))
    parts = list(found.filter(organisation__kind=OrganisationKind.SCHOOL).order_by("name"))
    sheets = [each for each in parts if each.kind == FileKind.CSV]
    if not sheets:
        return
    pupils = sum(each.pupils for each in sheets)
    with TemporaryFile() as sink:
        _join(sink, sheets)
        yield _put(FileKind.CSV, by.name(whose(organisation), "results", "csv"), sink, pupils)
    for kind, of, what in _ZIPS:
        members = [each for each in parts if each.kind == of]
        if members:
            with TemporaryFile() as sink:
                _zip(sink, ((each.name, get(each.sha256)) for each in members))
                name = by.name(whose(organisation), f"CTF_{what}", "zip")
                yield _put(kind, name, sink, sum(each.pupils for each in members))


def _join(sink: IO[bytes], sheets: list[PreparedFile]) -> None:
    """Put CSV files with the same headings one after another."""
    for each in sheets:
        headings, _, rows = get(each.sha256).partition(b"\r\n")
        if not sink.tell():
            sink.write(headings + b"\r\n")
        sink.write(rows)


def _zip(sink: IO[bytes], members: Iterator[tuple[str, bytes]]) -> None:
    with ZipFile(sink, "w", ZIP_DEFLATED) as archive:
        for name, content in members:
            info = ZipInfo(name, _ALWAYS)
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, content)


def _put(kind: FileKind, name: str, sink: IO[bytes], pupils: int) -> _File:
    sha256, size = put_pieces(pieces_of(sink))
    return _File(kind, name, sha256, size, pupils)


def _for_secondary(organisation: Organisation, by: Naming) -> Iterator[_File]:
    """Yield the files of a secondary school: of the pupils alone whose next school it is."""
    if not organisation.number:
        return
    found = list(_incoming(organisation, by))
    pupils = tuple(pupil for _, each in found for pupil in each)
    if not pupils:
        return
    with TemporaryFile() as sink:
        sink.write(csv_of(Results(by.year.year, pupils), by.year))
        yield _put(FileKind.CSV, by.name(organisation.number, "results", "csv"), sink, len(pupils))
    for kind, of, what in _ZIPS:
        members = [
            made
            for part, each in found
            if part.gateway_return
            and (made := ctf_of(of, part.gateway_return.school, part.number, each, by, to=organisation.number))
        ]
        if members:
            with TemporaryFile() as sink:
                _zip(sink, ((each.name, each.content) for each in members))
                name = by.name(organisation.number, f"CTF_{what}", "zip")
                yield _put(kind, name, sink, sum(each.pupils for each in members))


def _incoming(organisation: Organisation, by: Naming) -> Iterator[tuple[SchoolResults, tuple[PupilResult, ...]]]:
    going = RegisteredPupil.objects.filter(
        gateway_return__collection=by.release.collection, next_school=organisation.number
    ).exclude(status=PupilStatus.UNREGISTERED)
    by_return: dict[int, list[RegisteredPupil]] = {}
    for each in going:
        by_return.setdefault(each.gateway_return_id, []).append(each)
    parts = SchoolResults.objects.filter(release=by.release, gateway_return__in=by_return)
    for part in parts.select_related("gateway_return__school").order_by("number"):
        all_ = read_results(get(part.sha256), by.year, name=f"{part.number}.csv").pupils
        wanted = [expected(each) for each in by_return[part.gateway_return_id or 0]]
        pupils = tuple(pair.left for pair in match(all_, wanted).pairs)
        if pupils:
            yield part, pupils


@transaction.atomic
def _finish(key: str) -> None:
    release = (
        Release.objects.select_for_update(of=("self",)).select_related("collection", "file__organisation").get(key=key)
    )
    if release.stage != ReleaseStage.PREPARING:
        return
    schools = SchoolResults.objects.filter(release=release).exclude(gateway_return=None)
    if schools.filter(prepared_at=None).exists():
        return  # work of an earlier preparation: this one is still with the schools
    release.done = schools.count() + len(_done(release))
    if release.done >= release.total:
        release.stage = ReleaseStage.READY
        record(
            Kind.RESULTS_PREPARED, by=None, organisation=release.file.organisation,
            year=release.collection.year, target=release.key,
            files=PreparedFile.objects.filter(release=release).exclude(kind=FileKind.NONE).count(),
        )  # fmt: skip
    release.save(update_fields=["done", "stage"])
