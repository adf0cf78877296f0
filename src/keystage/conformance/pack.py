"""Reads a pack, from its folder or its zip. A pack is somebody's input: nothing in it is trusted."""

import hashlib
import json
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from keystage.conformance.case import Task
from keystage.conformance.scoring import Key, key_of
from keystage.conformance.version import FORMAT, VERSION

_FILES, _BYTES, _ZIP, _MANIFEST = 100_000, 2_000_000_000, 500_000_000, 50_000_000
"""The most files in a zip, bytes of them together, bytes of the zip itself, and bytes of one file of a pack."""
_TODAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SCHOOL = re.compile(r"\d{7}", re.ASCII)
_CODE = re.compile(r"[A-Z][A-Z0-9]{1,11}", re.ASCII)
_PARTS = ("file", "register", "previous", "sent")


class PackRefused(ValueError):
    """This is no pack, or it is damaged or not to be trusted; says what is wrong."""


@dataclass(frozen=True, slots=True)
class HeldCase:
    """A case as it was read, with the paths of its files."""

    name: str
    year: int
    check: str
    task: Task
    file: Path
    register: Path | None
    previous: Path | None
    sent: Path | None
    today: str
    school: str
    expected: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack that was read; each case is looked at when it is asked for."""

    root: Path
    version: str
    entries: tuple["_Entry", ...]

    @property
    def years(self) -> tuple[int, ...]:
        """The collection years in it."""
        return tuple(sorted({entry.year for entry in self.entries}))

    def cases(self, years: Sequence[int] = (), checks: Sequence[str] = ()) -> tuple[HeldCase, ...]:
        """Return the cases of some years and some checks, by default all.

        Raises:
            PackRefused: a file of one of them is missing, or is not what it was when the pack was built.
        """
        return tuple(
            _case(self.root, entry)
            for entry in self.entries
            if (not years or entry.year in years) and (not checks or entry.check in checks)
        )


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    year: int
    check: str
    files: dict[str, str]


@contextmanager
def opened(path: Path) -> Iterator[Pack]:
    """Open a pack: a folder, or a zip, which is unpacked for as long as it is used.

    Raises:
        PackRefused: it is no pack that can be used.
        OSError: the path cannot be opened.
    """
    if path.is_dir():
        yield _read(path)
        return
    with TemporaryDirectory(prefix="keystage-pack-") as folder:
        _unpack(path, Path(folder))
        yield _read(_only_folder(Path(folder)))


def _only_folder(folder: Path) -> Path:
    inside = list(folder.iterdir())
    return inside[0] if len(inside) == 1 and inside[0].is_dir() else folder


def _unpack(path: Path, into: Path) -> None:
    if path.stat().st_size > _ZIP:
        raise PackRefused(f"This is no pack: it has more than {_ZIP // 1_000_000} MB.")
    data = BytesIO(path.read_bytes())
    try:
        with zipfile.ZipFile(data) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _keep_within(entries)
            for entry in entries:
                _refuse_unsafe(entry)
                target = into.joinpath(*_safe(entry.filename).parts)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.read(entry))
    except PackRefused:
        raise
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, ValueError, zlib.error) as fault:
        raise PackRefused("This is no zip, or it is damaged or cut short. Fetch the pack again.") from fault
    except (FileExistsError, NotADirectoryError, IsADirectoryError) as fault:
        raise PackRefused("Two files in the zip have the same place. Fetch the pack again.") from fault


def _keep_within(entries: Sequence[zipfile.ZipInfo]) -> None:
    size = sum(entry.file_size for entry in entries)
    if len(entries) > _FILES or size > _BYTES:
        raise PackRefused(
            f"The zip holds {len(entries):,} files of {size / 1e6:,.0f} MB together; {_FILES:,} files of"
            f" {_BYTES / 1e6:,.0f} MB is the most that is unpacked."
        )


def _refuse_unsafe(entry: zipfile.ZipInfo) -> None:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        raise PackRefused(f"“{entry.filename[:80]}” in the zip is no plain file, so the pack is not used.")


def _safe(name: str) -> PurePosixPath:
    """Return a path that stays inside the pack.

    Raises:
        PackRefused: it would lead out of it.
    """
    path = PurePosixPath(name)
    is_odd = "\\" in name or ":" in name or any(ord(letter) < 32 for letter in name)
    if not name or len(name) > 400 or is_odd or path.is_absolute() or ".." in path.parts or not path.parts:
        raise PackRefused(f"“{name[:80]}” is a name that leads out of the pack, so the pack is not used.")
    return path


def _read(root: Path) -> Pack:
    manifest = root / "manifest.json"
    if not manifest.is_file():
        raise PackRefused("There is no manifest.json in it, so this is no conformance pack.")
    values = _json(_content(root, "manifest.json"), "manifest.json")
    if not isinstance(values, dict) or values.get("pack") != FORMAT:
        raise PackRefused("Its manifest.json is not that of a conformance pack.")
    version = str(values.get("version"))[:20]
    if version.partition(".")[0] != VERSION.partition(".")[0]:
        raise PackRefused(f"The pack is of version {version}; this Keystage reads {VERSION.partition('.')[0]}.x.")
    listed = values.get("cases")
    if not isinstance(listed, list) or not listed:
        raise PackRefused("Its manifest.json lists no cases.")
    return Pack(root, version, tuple(_entry(each) for each in listed))


def _entry(values: object) -> _Entry:
    match values:
        case {"case": str(name), "year": int(year), "check": str() | None as check, "files": dict(files)} if (
            not isinstance(year, bool) and all(isinstance(each, str) for each in files.values())
        ):
            if check and not _CODE.fullmatch(check):
                raise PackRefused(f"“{check[:40]}” is no code of a check.")
            for path in (name, *files):
                _safe(path)
            return _Entry(name, year, check or "", files)
    raise PackRefused("A case in its manifest.json is not as it should be: case, year, check and files are needed.")


def _case(root: Path, entry: _Entry) -> HeldCase:
    content: dict[str, bytes] = {}
    for name, sha256 in entry.files.items():
        data = _content(root, f"{entry.name}/{name}")
        if hashlib.sha256(data).hexdigest() != sha256:
            raise PackRefused(f"{entry.name}/{name} is not what it was when the pack was built. Fetch the pack again.")
        content[name] = data
    if "expected.json" not in content:
        raise PackRefused(f"{entry.name} has no expected.json.")
    values = _json(content["expected.json"], f"{entry.name}/expected.json")
    return _held(root, entry, values if isinstance(values, dict) else {})


def _held(root: Path, entry: _Entry, values: dict[str, Any]) -> HeldCase:
    where = f"{entry.name}/expected.json"
    paths = {part: values.get(part) for part in _PARTS}
    for part, name in paths.items():
        if name not in (*entry.files, *([] if part == "file" else [None])) or name == "expected.json":
            raise PackRefused(f"{where} does not say which of the case's files is the {part}.")
    today, school, findings = values.get("today"), values.get("school"), values.get("findings")
    if not (
        isinstance(today, str) and _TODAY.fullmatch(today) and isinstance(school, str) and _SCHOOL.fullmatch(school)
    ):
        raise PackRefused(f"{where} has no day of the check (today), or no school of seven figures.")
    try:
        task = Task(values.get("task", ""))
        expected = tuple(map(key_of, findings if isinstance(findings, list) else [None]))
    except (ValueError, TypeError) as fault:
        raise PackRefused(f"{where}: its task or its findings are not as they should be.") from fault
    found = {part: root / entry.name / name if name else None for part, name in paths.items()}
    file = found.pop("file")
    assert file is not None  # noqa: S101 - it is one of the case's files
    return HeldCase(
        entry.name, entry.year, entry.check, task, file, **found, today=today, school=school, expected=expected
    )


def _content(root: Path, name: str) -> bytes:
    """Return the content of a file of the pack; one that leads elsewhere by a link is not read."""
    path = root.joinpath(*_safe(name).parts)
    if not path.is_file():
        raise PackRefused(f"{name[:200]} is missing from the pack. Fetch the pack again.")
    if not path.resolve().is_relative_to(root.resolve()):
        raise PackRefused(f"{name[:200]} leads out of the pack, so the pack is not used.")
    if path.stat().st_size > _MANIFEST:
        raise PackRefused(f"{name[:200]} is too large for a file of a pack.")
    return path.read_bytes()


def _json(data: bytes, name: str) -> object:
    try:
        return json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        raise PackRefused(f"{name[:200]} is no JSON that can be read. Fetch the pack again.") from fault
