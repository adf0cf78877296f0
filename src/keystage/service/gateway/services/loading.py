"""Loading the expected pupils of every school from one file: read first, then loaded school by school."""

from collections import Counter
from collections.abc import Iterable
from pathlib import PurePath

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from keystage.returns.refused import FileRefused
from keystage.service.accounts.models import Organisation, Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.config.years import load
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.files.store import NotStored, opened, put_pieces
from keystage.service.gateway.models import Collection, LoadStage, ReceivedFile, RegistrationLoad
from keystage.service.gateway.register import registered_of
from keystage.service.gateway.services.loading_merge import changed_by_hand, merge
from keystage.service.gateway.services.loading_school import known_school, load_school, return_numbered
from keystage.service.gateway.services.loading_spool import Spool, spool
from keystage.sheets.registration import MOST_FAULTS, RegistrationReading

_TOLD_EVERY = 50
"""Schools after which the page is told how far it has come."""
_LISTED = 200
"""Schools not known yet that are listed by name."""
_NOT_STORED = "The file did not arrive: its store is full or does not answer. Nothing was changed. Try again."


def take_in(
    collection: Collection, name: str, pieces: Iterable[bytes], *, agency: Organisation, by: Person
) -> RegistrationLoad:
    """Keep a file with the expected pupils of many schools, and have it read. Nothing of it is loaded yet.

    Raises:
        NotAllowedNow: the store does not take it.
    """
    size = 0

    def counted() -> Iterable[bytes]:
        nonlocal size
        for piece in pieces:
            size += len(piece)
            yield piece

    try:
        sha256, _ = put_pieces(counted())
    except NotStored:
        raise NotAllowedNow(_NOT_STORED) from None
    with transaction.atomic():
        file = ReceivedFile.objects.create(
            organisation=agency, name=PurePath(name).name[-200:], sha256=sha256, size=size, by=by, at=timezone.now()
        )
        made = RegistrationLoad.objects.create(collection=collection, file=file, by=by)
        read_load.enqueue(made.key)
    return made


@transaction.atomic
def accept(found: RegistrationLoad, *, agency: Organisation, by: Person) -> None:
    """Load a file that was read and has no faults.

    Raises:
        NotAllowedNow: it is not ready, or is being loaded already.
    """
    locked = RegistrationLoad.objects.select_for_update(of=("self",)).select_related("file").get(pk=found.pk)
    if locked.stage != LoadStage.READY:
        raise NotAllowedNow(f"The file is {locked.stage}, so it cannot be loaded now.")
    locked.stage, locked.accepted_at, locked.accepted_by = LoadStage.LOADING, timezone.now(), by
    locked.schools_done, locked.through = 0, ""
    locked.save()
    record(
        Kind.REGISTRATION_LOADED, by=by, organisation=agency, year=locked.collection.year, target=locked.key,
        file=locked.file.name, **locked.plan["numbers"],
    )  # fmt: skip
    do_load.enqueue(locked.key)


@transaction.atomic
def carry_on(found: RegistrationLoad) -> None:
    """Begin again where reading or loading has stopped: what was done already is not done twice."""
    locked = RegistrationLoad.objects.select_for_update().get(pk=found.pk)
    if locked.stage == LoadStage.READING:
        read_load.enqueue(locked.key)
    elif locked.stage == LoadStage.LOADING:
        do_load.enqueue(locked.key)


@task()
def read_load(key: str) -> None:
    """Read a file and say what loading it would do."""
    found = RegistrationLoad.objects.select_related("collection", "file").get(key=key)
    if found.stage != LoadStage.READING:
        return
    with spool() as rows:
        columns = _lay_down(found, rows)
        if not found.fault_count:
            _plan(found, rows, columns)
    _keep_reading(found)


@transaction.atomic
def _keep_reading(found: RegistrationLoad) -> None:
    """Keep what came of reading a file, unless another worker has read it already and somebody has gone on."""
    locked = RegistrationLoad.objects.select_for_update().get(pk=found.pk)
    if locked.stage == LoadStage.READING:
        found.save(update_fields=["stage", "faults", "fault_count", "plan", "schools", "schools_done"])


@task()
def do_load(key: str) -> None:
    """Load a file school by school, each in a transaction of its own, after the last one that was loaded."""
    found = RegistrationLoad.objects.select_related("collection", "file", "accepted_by").get(key=key)
    if found.stage != LoadStage.LOADING:
        return
    with spool() as rows:
        columns = _lay_down(found, rows)
        if found.fault_count:
            _keep_fault(found)
            return
        for number in rows.schools(after=found.through):
            load_school(found, number, rows.of(number), columns)
    RegistrationLoad.objects.filter(pk=found.pk, stage=LoadStage.LOADING).update(
        stage=LoadStage.LOADED, finished_at=timezone.now()
    )


def _keep_fault(found: RegistrationLoad) -> None:
    loading = RegistrationLoad.objects.filter(pk=found.pk, stage=LoadStage.LOADING)
    loading.update(stage=found.stage, faults=found.faults, fault_count=found.fault_count)


def _lay_down(found: RegistrationLoad, rows: Spool) -> tuple[str, ...]:
    """Lay the rows of a file down, noting what is wrong; return which columns it has."""
    try:
        with opened(found.file.sha256) as source:
            reading = RegistrationReading(source, load(found.collection.year), name=found.file.name)
            rows.lay_down(reading)
    except FileRefused as refused:
        where = f"Line {refused.line:,}: " if refused.line else ""
        _refuse(found, [f"{where}{refused}"], 1)
        return ()
    except OSError:
        _refuse(found, ["The file is not in the store any more. Send it again."], 1)
        return ()
    twice = [
        f"Line {line}: The UPN {upn} stands here again in school {school}; it is on line {first} too."
        for school, upn, line, first in rows.twice()
    ]
    faults = [*map(str, reading.faults), *twice[:MOST_FAULTS]]
    if not faults and not rows.count():
        faults = ["The file has headings and no pupils."]
    _refuse(found, faults, max(reading.count + len(twice), len(faults)))
    return tuple(reading.matched.columns)


def _refuse(found: RegistrationLoad, faults: list[str], count: int) -> None:
    found.faults, found.fault_count = faults[:MOST_FAULTS], count
    if count:
        found.stage = LoadStage.FAULTY


def _plan(found: RegistrationLoad, rows: Spool, columns: tuple[str, ...]) -> None:
    """Go through the schools, and count what loading would do in each."""
    numbers = rows.schools()
    total: Counter[str] = Counter()
    unknown: list[dict[str, object]] = []
    found.schools = len(numbers)
    for done, number in enumerate(numbers):
        if done % _TOLD_EVERY == 0:
            RegistrationLoad.objects.filter(pk=found.pk).update(schools=found.schools, schools_done=done)
        there, school_rows = return_numbered(found.collection, number), rows.of(number)
        if there is None:
            total.update(new=len(school_rows), new_schools=1)
            if len(unknown) < _LISTED and not known_school(found.collection, number):
                name = next((row.school_name for row in school_rows if row.school_name), "")
                unknown.append({"number": number, "name": name, "pupils": len(school_rows)})
            continue
        made = merge(school_rows, registered_of(there), changed_by_hand(there), columns)
        total.update(made.numbers)
    found.plan = {
        "numbers": {"schools": len(numbers), "pupils": rows.count(), **dict(total)},
        "unknown": unknown,
    }
    found.stage, found.schools_done = LoadStage.READY, len(numbers)
