"""A store that is a folder: each file appears whole or not at all, and stays through a power cut."""

import os
import tempfile
from pathlib import Path


def write(path: Path, content: bytes) -> None:
    """Write a file, unless it is there.

    Raises:
        OSError: the disk does not take it.
    """
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    file = tempfile.NamedTemporaryFile(dir=path.parent, delete=False)  # noqa: SIM115 - closed below, before it is moved
    try:
        with file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(file.name, path)  # noqa: PTH105 - atomic on every system
    except OSError:
        Path(file.name).unlink(missing_ok=True)
        raise
    if os.name == "posix":
        _sync(path.parent)


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
