"""The gateway that receives the return, and the Common Transfer File that it takes."""

import re
from dataclasses import dataclass

from keystage.years.provenance import Provenance
from keystage.years.reading import Part


@dataclass(frozen=True, slots=True)
class Gateway:
    """The national website of a year."""

    name: str
    short_name: str
    operator: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Ctf:
    """What a year's Common Transfer File is like: version, the tag for sex, where it goes, what it is called."""

    version: str
    sex_tag: str
    sexes: tuple[str, ...]
    destination_lea: str
    destination_estab: str
    type_token: str
    data_descriptor: str
    provenance: Provenance
    """Of the version; the other parts have their own."""
    sex_provenance: Provenance
    destination_provenance: Provenance
    file_provenance: Provenance


def read_gateway(part: Part) -> Gateway:
    """Read `[gateway]`."""
    return Gateway(part.text("name"), part.text("short_name"), part.text("operator"), part.provenance("gateway"))


def read_ctf(part: Part) -> Ctf:
    """Read `[ctf]` and the three tables in it."""
    sex, destination, file = part.part("sex"), part.part("destination"), part.part("file")
    version = part.text("version")
    if not re.fullmatch(r"\d\d\.\d", version):
        raise part.fault(f"`version` is {version!r}.", 'two digits, a point and a digit, such as "25.0".', "version")
    return Ctf(
        version=version,
        sex_tag=sex.text("tag"),
        sexes=sex.texts("codes"),
        destination_lea=destination.text("lea"),
        destination_estab=destination.text("estab"),
        type_token=file.text("type_token"),
        data_descriptor=file.text("data_descriptor"),
        provenance=part.provenance("ctf version"),
        sex_provenance=sex.provenance("ctf sex"),
        destination_provenance=destination.provenance("ctf destination"),
        file_provenance=file.provenance("ctf file"),
    )
