"""The container of old Office files: sectors chained by a table, which hold named streams.

Source: Microsoft's published description, MS-CFB.
"""

import struct
from collections.abc import Sequence

from keystage.sheets.unpacking import damaged

_LAST_SECTOR = 0xFFFFFFFA
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_IN_HEADER = 109
_ENTRY = 128
_SIZE = 4096


def read_stream(data: bytes, names: Sequence[str]) -> bytes:
    """Return the first stream there is of these names.

    Raises:
        FileRefused: F01, where the file is damaged or has none of them.
    """
    try:
        return _stream(data, names)
    except (struct.error, IndexError, UnicodeDecodeError) as fault:
        raise damaged() from fault


def _stream(data: bytes, names: Sequence[str]) -> bytes:
    shift, small_shift = struct.unpack_from("<HH", data, 30)
    first_entry, cutoff, first_small = struct.unpack_from("<L4xLL", data, 48)
    if shift not in (9, 12) or small_shift >= shift:
        raise damaged()
    size = 1 << shift
    table, sectors = _table(data, size), data[size:]
    entries = _chain(sectors, first_entry, table, size)
    small = b""
    found: dict[str, tuple[int, int]] = {}
    for at in range(0, len(entries), _ENTRY):
        start, length = struct.unpack_from("<LL", entries, at + 116)
        if entries[at + 66] == 5:
            small = _chain(sectors, start, table, size)
        elif entries[at + 66] == 2:
            name_length = min(struct.unpack_from("<H", entries, at + 64)[0], 64)
            found[entries[at : at + name_length].decode("utf-16-le").rstrip("\x00")] = (start, length)
    start, length = next((found[name] for name in names if name in found), (0, -1))
    if length < 0:
        raise damaged("It holds no workbook.")
    if length >= cutoff:
        return _chain(sectors, start, table, size)[:length]
    small_table = _numbers(_chain(sectors, first_small, table, size))
    return _chain(small, start, small_table, 1 << small_shift)[:length]


def _table(data: bytes, size: int) -> Sequence[int]:
    """Return the table that says which sector follows which."""
    sectors = data[size:]
    next_list, count = struct.unpack_from("<LL", data, 68)
    parts = list(struct.unpack_from(f"<{_IN_HEADER}L", data, 76))
    for _ in range(min(count, len(data) // size)):
        if next_list >= _LAST_SECTOR:
            break
        *more, next_list = _numbers(_sector(sectors, next_list, size))
        parts += more
    return _numbers(b"".join(_sector(sectors, part, size) for part in parts if part < _LAST_SECTOR))


def _chain(sectors: bytes, at: int, table: Sequence[int], size: int) -> bytes:
    pieces: list[bytes] = []
    while at < _LAST_SECTOR:
        pieces.append(_sector(sectors, at, size))
        if len(pieces) > len(table):
            raise damaged("Its parts go round in a circle.")
        at = table[at]
    return b"".join(pieces)


def _sector(sectors: bytes, number: int, size: int) -> bytes:
    piece = sectors[number * size : (number + 1) * size]
    if not piece:
        raise damaged()
    return piece


def _numbers(data: bytes) -> Sequence[int]:
    return struct.unpack(f"<{len(data) // 4}L", data[: len(data) // 4 * 4])


def write_stream(name: str, stream: bytes) -> bytes:
    """Return a plain container with one stream, so that a reader meets nothing else in it."""
    stream = stream.ljust(_SIZE, b"\0")
    sectors = -(-len(stream) // _SIZE)
    tables = -(-(sectors + 1) // (_SIZE // 4 - 1))
    if tables > _IN_HEADER:
        raise damaged("It is larger than any old workbook can be.")
    # The tables come first, then the directory, then the stream.
    chain = [*[_TABLE] * tables, _END, *range(tables + 2, tables + 1 + sectors), _END]
    table = struct.pack(f"<{len(chain)}L", *chain).ljust(tables * _SIZE, b"\xff")
    # The root has no small streams, but calamine wants it to begin somewhere: its own sector does no harm.
    directory = _entry("Root Entry", 5, 1, tables, 0) + _entry(name, 2, _FREE, tables + 1, len(stream))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 62, 4, 0xFFFE, 12, 6)
    header += struct.pack("<LLLLLLLLL", 1, tables, tables, 0, _SIZE, _END, 0, _END, 0)
    header += struct.pack(f"<{tables}L", *range(tables)).ljust(_IN_HEADER * 4, b"\xff")
    parts = (header.ljust(_SIZE, b"\0"), table, directory.ljust(_SIZE, b"\0"), stream.ljust(sectors * _SIZE, b"\0"))
    return b"".join(parts)


def _entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
    wide = f"{name}\0".encode("utf-16-le")
    head = wide.ljust(64, b"\0") + struct.pack("<HBBLLL", len(wide), kind, 1, _FREE, _FREE, child)
    return head + bytes(36) + struct.pack("<LQ", first, size)
