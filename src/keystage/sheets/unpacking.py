"""Opening the zip file that a workbook is, without trusting what it says of its own sizes.

Every part is unpacked here once, within a limit, before the spreadsheet library sees the file: what unpacks to more
than the limit, or to something else than it declares, never gets that far.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from keystage.returns.refused import FileRefused
from keystage.sheets.limits import LIMITS, Limits, too_large_unpacked

_SAVE_AGAIN = "Open it in Excel or LibreOffice, save it again as an Excel workbook (.xlsx), and use the new file."
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_ENCRYPTED = 0x1
_PIECE = 1 << 20


def unpack(data: bytes, limits: Limits = LIMITS) -> Mapping[str, bytes]:
    """Return the parts of a workbook by name.

    Raises:
        FileRefused: F01, where the zip file is damaged; F02, where its parts are locked; F08, where they are too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            members = [info for info in file.infolist() if not info.is_dir()]
        if len({info.filename for info in members}) != len(members):
            raise damaged("It holds two parts of the same name.")
        if sum(info.file_size for info in members) > limits.unpacked:
            raise too_large_unpacked(limits)
        return _parts(data, members, limits)
    except (zipfile.BadZipFile, zlib.error, struct.error, ValueError, OverflowError, NotImplementedError) as fault:
        raise damaged() from fault


def damaged(why: str = "") -> FileRefused:
    """Return the refusal (F01) of a workbook that cannot be opened."""
    return FileRefused("F01", " ".join(filter(None, ("The workbook is damaged or cut short.", why))), _SAVE_AGAIN)


def _parts(data: bytes, members: list[zipfile.ZipInfo], limits: Limits) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    left = limits.unpacked
    for info in members:
        if info.flag_bits & _ENCRYPTED:
            raise locked()
        parts[info.filename] = part = _unpacked(data, info, left, limits)
        left -= len(part)
    return parts


def locked() -> FileRefused:
    """Return the refusal (F02) of a workbook that needs a password."""
    return FileRefused(
        "F02",
        "The workbook is protected with a password, so nothing in it can be read.",
        "Open it in Excel, choose File, Info, Protect Workbook, Encrypt with Password, clear the password, save.",
    )


def _unpacked(data: bytes, info: zipfile.ZipInfo, most: int, limits: Limits) -> bytes:
    signature, name, extra = _LOCAL_HEADER.unpack_from(data, info.header_offset)
    start = info.header_offset + _LOCAL_HEADER.size + name + extra
    packed = memoryview(data)[start : start + info.compress_size]
    if signature != b"PK\x03\x04" or len(packed) != info.compress_size:
        raise damaged()
    if info.compress_type == zipfile.ZIP_STORED:
        part = bytes(packed)
    elif info.compress_type == zipfile.ZIP_DEFLATED:
        part = _inflated(packed, most, limits)
    else:
        raise damaged("Its parts are packed in a way that Excel does not use.")
    if len(part) != info.file_size or zlib.crc32(part) != info.CRC:
        raise damaged()
    return part


def _inflated(packed: memoryview, most: int, limits: Limits) -> bytes:
    machine = zlib.decompressobj(-15)
    pieces = [machine.decompress(packed, min(_PIECE, most + 1))]
    size = len(pieces[0])
    while not machine.eof and (machine.unconsumed_tail or pieces[-1]):
        pieces.append(machine.decompress(machine.unconsumed_tail, _PIECE))
        size += len(pieces[-1])
        if size > most:
            raise too_large_unpacked(limits)
    if size > most:
        raise too_large_unpacked(limits)
    return b"".join(pieces)
