"""How sure each check is, and where its rule was read.

The official rule book (the yearly technical specification) was not available, so no rule could be taken from it. Ids in
brackets are those of the sources in the years' data or of the pages they were gathered from.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from keystage.years.provenance import Basis


class Grounds(NamedTuple):
    """What a check stands on."""

    basis: Basis
    source: str


_OFFICIAL, _COPY, _ASSUMED = Basis.OFFICIAL, Basis.PUBLISHED_COPY, Basis.ASSUMED
_SAFE = Grounds(_ASSUMED, "a rule of our own: what cannot be read safely cannot be checked")
_FORMAT = Grounds(_ASSUMED, "files of two services of the Department that write CTFs; no specification was available")
_UPN = Grounds(_COPY, "the UPN standard, as the multiplication tables check service applies it (mtc)")
_DUPLICATES = Grounds(_OFFICIAL, "guidance of 2016 on duplicate pupils (xlibx-ta-2016); the split in two is ours")
_REASON = Grounds(_ASSUMED, "follows from the meaning of the codes; no page states it")
_REGISTRATION = Grounds(_ASSUMED, "follows from what the registration statuses mean (govwire-2023-02-16-registration)")
_OWN = Grounds(_ASSUMED, "a rule of our own")

GROUNDS: Mapping[str, Grounds] = MappingProxyType(
    {
        **dict.fromkeys(("F01", "F02", "F03", "F04", "F08"), _SAFE),
        "F05": Grounds(_COPY, "file names on pages of authorities and suppliers (ncer-keypas)"),
        "F06": Grounds(_COPY, "a supplier's help on files that are refused (ScholarPack); the severity is ours"),
        "F07": Grounds(_OFFICIAL, "the list of error types in the guide of 2017 (technodocbox-ta-2017)"),
        "F09": Grounds(_OFFICIAL, "one school in each file: older official guidance (gov-ta-2024, edgov-ta-2013)"),
        **dict.fromkeys(("F10", "F11"), Grounds(_ASSUMED, "the official template was not available: columns are ours")),
        "H01": Grounds(_COPY, "a supplier's help: older versions are refused (juniper)"),
        "H02": _FORMAT,
        "H03": Grounds(_COPY, "both source guides: the destination is the National Assessment Agency (seed-1, seed-2)"),
        "H04": Grounds(_COPY, "a supplier's help: importers fail without it"),
        **dict.fromkeys(("H05", "H06", "H07", "H08"), _FORMAT),
        **dict.fromkeys(("P01", "P02", "P03", "P10"), _UPN),
        **dict.fromkeys(("P04", "P05"), _DUPLICATES),
        **dict.fromkeys(("P06", "P07", "P09"), _FORMAT),
        "P08": Grounds(_ASSUMED, "the usual age of Year 6; pupils out of year are rightly in the return"),
        "J01": Grounds(_COPY, "writing and science for every pupil (seed-1, norfolk-2026, insight-kb-entry)"),
        "J03": Grounds(_OFFICIAL, "the list of error types in the guide of 2017; the codes are the year's data"),
        "J04": _REASON,
        "J06": Grounds(_ASSUMED, "worked out from the code table: HNM stands for pre-key stage and EM pupils too"),
        **dict.fromkeys(("J07", "J08", "J09"), _REASON),
        "J10": Grounds(_ASSUMED, "a return is of one collection"),
        "J11": Grounds(_COPY, "test results are not sent by schools (seed-1)"),
        **dict.fromkeys(("J12", "J13", "J14", "J15"), _OWN),
        "C01": Grounds(_COPY, "“expected numbers” in a source guide (seed-1); the severity is ours"),
        "C02": Grounds(_OFFICIAL, "guidance of 2016 on who may be deleted (xlibx-ta-2016); the severity is ours"),
        **dict.fromkeys(("C03", "C04"), _DUPLICATES),
        "C05": Grounds(_COPY, "“expected numbers” in a source guide (seed-1)"),
        "C06": _REGISTRATION,
        **dict.fromkeys(("C07", "C08"), Grounds(_COPY, "tables of authorities (devon-2024, seed-1)")),
        "C09": _REGISTRATION,
        "C10": Grounds(_ASSUMED, "a moderated school sends its data after the visit (seed-1); the rest is worked out"),
        "D01": Grounds(_OFFICIAL, "guidance of 2016: a later file refreshes and never removes (xlibx-ta-2016)"),
        **dict.fromkeys(("D02", "D03", "D04"), _OWN),
        "S01": Grounds(_COPY, "teacher and headteacher check and sign the marksheet in a source guide (seed-2)"),
        "S02": Grounds(_ASSUMED, "a signature stands for what was signed; no page states it"),
        "R01": _OWN,
        **dict.fromkeys(("R02", "R03"), Grounds(_OFFICIAL, "published ranges and tables of scaled scores")),
        "R04": Grounds(_ASSUMED, "follows from the published meaning of the outcome codes"),
        **dict.fromkeys(("R05", "R06"), _OWN),
    }
)
"""Every check of the catalogue by its code."""
