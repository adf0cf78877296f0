"""A pack of two cases, made by hand: one faulty, one good."""

import hashlib
import json
import zipfile
from pathlib import Path

FINDING = {"code": "J03", "upn": "P999999919001", "subject": "writing", "line": 57}


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def case(name="2026/J03/odd", check="J03", findings=(FINDING,), **other):
    return {
        "case": name,
        "year": 2026,
        "check": check,
        "task": "check",
        "file": "return.xml",
        "register": "register.csv",
        "previous": None,
        "sent": None,
        "today": "2026-07-26",
        "school": "9992000",
        "findings": list(findings),
        **other,
    }


GOOD = case("2026/good/plain", None, (), register=None)


def a_pack(folder: Path, *cases: dict, manifest=None, entries=None, version="1.0") -> Path:
    """Write a pack; ``manifest`` and ``entries`` take the place of what would be right."""
    root = folder / "pack"
    listed = []
    for each in cases or (case(), GOOD):
        place = root / each["case"]
        place.mkdir(parents=True, exist_ok=True)
        contents = {"return.xml": b"<CTfile/>\n", "expected.json": json.dumps(each).encode()}
        if each["register"]:
            contents["register.csv"] = b"upn\n"
        for name, data in contents.items():
            (place / name).write_bytes(data)
        files = {name: sha(data) for name, data in contents.items()}
        listed.append({"case": each["case"], "year": each["year"], "check": each["check"], "files": files})
    values = {"pack": "keystage-conformance", "version": version, "cases": entries or listed}
    text = json.dumps(values) if manifest is None else manifest
    (root / "manifest.json").write_text(text, "utf-8")
    return root


def zipped(root: Path, top: str = "pack/") -> Path:
    target = root.with_suffix(".zip")
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(root.rglob("*")):
            if path.is_file():
                archive.write(path, top + path.relative_to(root).as_posix())
    return target
