"""Builds the pack: a folder and a zip of it, the same bytes each time."""

import hashlib
import json
import shutil
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import import_module, resources
from pathlib import Path

from keystage.checks import CATALOGUE
from keystage.conformance.case import Case
from keystage.conformance.cases import cases_of, without_case
from keystage.conformance.pages import NOT_REAL, NOT_TRIED, STYLE, Listed, case_page, first_page, year_page
from keystage.conformance.version import FORMAT, NAME, VERSION
from keystage.years import CollectionYear, held, load

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time that every file in the zip bears, so that the same content is the same bytes."""


@dataclass(frozen=True, slots=True)
class Built:
    """What was built."""

    folder: Path
    zip: Path
    cases: int


@dataclass(slots=True)
class _Building:
    folder: Path
    listed: list[dict[str, object]] = field(default_factory=list)
    years: list[tuple[CollectionYear, int, int]] = field(default_factory=list)
    checks: Counter[str] = field(default_factory=Counter)
    without: list[dict[str, object]] = field(default_factory=list)

    def put(self, path: str, content: bytes | str) -> str:
        """Write a file of the pack; return its fingerprint."""
        data = content.encode() if isinstance(content, str) else content
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        return hashlib.sha256(data).hexdigest()

    def year(self, year: CollectionYear) -> None:
        """Write the cases of a year, and their list."""
        listed = [self.case(case) for case in cases_of(year)]
        good = sum(not each.check for each in listed)
        self.years.append((year, good, len(listed) - good))
        without = without_case(year)
        self.without += [{"code": code, "year": year.year, "why": why} for code, why in without.items()]
        self.put(f"{year.year}/index.html", year_page(year.year, listed, without, is_draft=year.is_draft))

    def case(self, case: Case) -> Listed:
        """Write a case, and note it for the manifest."""
        prints = {name: self.put(f"{case.name}/{name}", content) for name, content in case.files.items()}
        prints["expected.json"] = self.put(f"{case.name}/expected.json", _json(case.as_dict()))
        self.put(f"{case.name}/index.html", case_page(case))
        self.listed.append({"case": case.name, "year": case.year, "check": case.check or None, "files": prints})
        self.checks.update({each["code"] for each in case.findings})
        return Listed.of(case)

    def finish(self) -> None:
        """Write what is said of the pack as a whole."""
        counts = [(year.year, good, faulty) for year, good, faulty in self.years]
        self.put("pack.css", STYLE)
        self.put("index.html", first_page(VERSION, counts, self.checks))
        self.put("LICENCE.txt", _shipped("licence.txt"))
        self.put("README.txt", _shipped("readme.txt"))
        self.put("manifest.json", _json(self.manifest()))

    def manifest(self) -> dict[str, object]:
        """Return what programs are told of the pack."""
        return {
            "pack": FORMAT,
            "version": VERSION,
            "made_by": f"keystage {import_module('keystage').__version__}",
            "licence": "MIT",
            "about": [NOT_REAL, NOT_TRIED],
            "years": [
                {"year": year.year, "draft": year.is_draft, "good": good, "faulty": faulty}
                for year, good, faulty in self.years
            ],
            "checks": [
                {
                    "code": code,
                    "slug": check.slug,
                    "severity": str(check.severity),
                    "what_must_be_so": check.purpose,
                    "how_sure": str(check.grounds.basis),
                    "cases": self.checks[code],
                }
                for code, check in sorted(CATALOGUE.items())
            ],
            "without_case": self.without,
            "cases": self.listed,
        }


def build(out: Path, years: Iterable[int] | None = None) -> Built:
    """Build the pack in a folder: ``keystage-conformance-1.0`` and ``keystage-conformance-1.0.zip``.

    A pack of the same version that is there already is replaced.

    Raises:
        OSError: the folder cannot be written.
    """
    folder = out / NAME
    shutil.rmtree(folder, ignore_errors=True)
    building = _Building(folder)
    for year in sorted(held() if years is None else years):
        building.year(load(year))
    building.finish()
    return Built(folder, _zipped(folder), len(building.listed))


def _json(values: object) -> str:
    return json.dumps(values, ensure_ascii=False, indent=1) + "\n"


def _shipped(name: str) -> str:
    return resources.files("keystage.conformance").joinpath(name).read_text("utf-8")


def _zipped(folder: Path) -> Path:
    """Zip a folder in the order of its names."""
    target = folder.with_name(f"{folder.name}.zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}", _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, path.read_bytes())
    return target
