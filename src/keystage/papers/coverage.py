"""Which characters a font has, read from the table of the font file that says so (``cmap``).

Source: the OpenType specification, table ``cmap``, format 4: segments of a first and a last character with what leads
to their glyphs. The fonts that are shipped have that format alone, for the characters up to U+FFFF.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

_UNICODE = {(3, 1), (0, 3)}
"""Platform and encoding of a subtable that holds the characters up to U+FFFF."""


def covered(font: Path) -> frozenset[int]:
    """Return the code points that a TrueType font has a glyph for. Raises ValueError where it cannot tell."""
    data = font.read_bytes()
    start = _table(data, b"cmap")
    (subtables,) = struct.unpack_from(">H", data, start + 2)
    for platform, encoding, offset in struct.iter_unpack(">HHI", data[start + 4 : start + 4 + 8 * subtables]):
        if (platform, encoding) in _UNICODE and data[start + offset : start + offset + 2] == b"\x00\x04":
            return frozenset(_format_4(data, start + offset))
    raise ValueError(f"{font.name} does not say in format 4 which characters it has.")


def _table(data: bytes, wanted: bytes) -> int:
    (tables,) = struct.unpack_from(">H", data, 4)
    for tag, _sum, offset, _length in struct.iter_unpack(">4sIII", data[12 : 12 + 16 * tables]):
        if tag == wanted:
            return int(offset)
    raise ValueError("This is not a font file.")


def _format_4(data: bytes, start: int) -> Iterator[int]:
    (width,) = struct.unpack_from(">H", data, start + 6)  # of each of the four lists, in bytes
    ends = start + 14
    starts, deltas, offsets = (ends + 2 + width * step for step in (1, 2, 3))
    for segment in range(0, width, 2):
        first, last, delta, offset = (
            struct.unpack_from(">H", data, list_ + segment)[0] for list_ in (starts, ends, deltas, offsets)
        )
        for code in range(first, last + 1):
            # An offset counts from its own place in the file; without one, the delta alone leads to the glyph.
            place = offsets + segment + offset + 2 * (code - first)
            glyph = struct.unpack_from(">H", data, place)[0] if offset else code
            if glyph and (glyph + delta) % 0x10000:
                yield code
