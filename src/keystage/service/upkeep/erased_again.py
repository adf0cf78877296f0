"""Erasing again, after a restore, who had been erased since the backup was made."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from keystage.service.events.models import Erasure
from keystage.service.gateway.models import HeldPupil, RegisteredPupil
from keystage.service.gateway.services.personal import erase_pupil as erase_at_gateway
from keystage.service.personal.erased_list import Erased, hash_of, read_list
from keystage.service.school.models import Expected, Pupil
from keystage.service.school.services.personal import erase_pupil as erase_at_school
from keystage.service.upkeep.archive import NotPossible

_WHY = "Erased before, and again after a backup was brought back"


def listed_in(path: Path) -> list[Erased]:
    """Read a list of erasures.

    Raises:
        NotPossible: it is none.
    """
    try:
        return read_list(path.read_text("utf-8").splitlines())
    except (ValueError, OSError) as fault:
        raise NotPossible(f"{path} cannot be used: {fault}. Nothing was brought back.") from None


def erase_again(listed: list[Erased]) -> int:
    """Erase everybody on a list who is here; return how many acts were done again. It can be stopped and run again.

    What counts in an open collection, or is held, is erased all the same: it had been erased before.
    """
    done = 0
    for each in listed:
        for number, row in enumerate(_rows(each)):
            if type(row).objects.filter(pk=row.pk).exists():  # not gone with another row of the same pupil
                is_new = number == 0 and not Erasure.objects.filter(key=each.key).exists()
                _erase(row, each.key if is_new else "")
                done += 1
    return done


def _rows(erased: Erased) -> Iterator[Any]:
    for model in (Pupil, Expected, RegisteredPupil, HeldPupil):
        keys = [key for key in model.objects.values_list("key", flat=True) if hash_of(key) in erased.hashes]
        yield from model.objects.filter(key__in=keys)


def _erase(row: Any, key: str) -> None:
    if isinstance(row, Pupil | Expected):
        erase_at_school(row, _WHY, by=None, again=True, key=key)
    else:
        erase_at_gateway(row, _WHY, by=None, organisation=None, again=True, key=key)
