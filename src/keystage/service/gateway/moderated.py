"""Moderated writing beside what the school reports: who differs."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from keystage.service.gateway.models import GatewayReturn, HeldPupil, RegisteredPupil, Stage
from keystage.service.gateway.same import same

_DIFFERS = "C10"
"""The check that compares a file with the moderated judgements."""


class Reported(NamedTuple):
    """A judgement in writing that the school has reported of a pupil."""

    code: str
    counts: bool
    """Whether it counts; otherwise it is in the latest file, which is in error."""


def differing(found: GatewayReturn, held: Sequence[HeldPupil], registered: Sequence[RegisteredPupil]) -> set[str]:
    """Return the keys of the pupils whose writing is not the moderated judgement: where it counts, or was just sent."""
    moderated = [each for each in registered if each.moderated_writing]
    if not moderated:
        return set()
    counts = reported(held, registered)
    refused = refused_codes(found, registered)
    return {
        each.key
        for each in moderated
        for said in (counts.get(each.key), refused.get(each.key))
        if said and said.code not in ("", each.moderated_writing)
    }


def reported(held: Sequence[HeldPupil], registered: Sequence[RegisteredPupil]) -> dict[str, Reported]:
    """Return what counts in writing of each pupil on the register, by the key on the register."""
    return {entry.key: Reported(pupil.writing, counts=True) for pupil, entry in same(held, registered).pairs}


def refused_codes(locked: GatewayReturn, registered: Sequence[RegisteredPupil]) -> Mapping[str, Reported]:
    """Return what the latest file says in writing of pupils whom it gets an error for, because it differs."""
    latest = locked.latest
    if latest is None or latest.stage != Stage.IN_ERROR:
        return {}
    found = latest.report.get("findings", ())
    said = {each["upn"]: each["value"] for each in found if each["code"] == _DIFFERS and each["upn"]}
    known = ((each.key, said.get(each.upn) or said.get(each.former_upn)) for each in registered)
    return {key: Reported(code, counts=False) for key, code in known if code}
