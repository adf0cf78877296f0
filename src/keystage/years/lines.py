"""Where in a TOML text a table or a key stands.

`tomllib` gives values without lines, and a fault must name its line. The text is scanned only once a fault is known,
and is valid TOML by then, so the scan follows the grammar without checking it.
"""

import re

Path = tuple[str | int, ...]

_GAP = re.compile(r"(?:[ \t\r\n,]|#[^\n]*)*")
_KEY = re.compile(r"""[ \t]*("(?:\\.|[^"\\])*"|'[^']*'|[\w-]+)[ \t]*(\.?)""")
_STRING = re.compile(r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\])*"|\'[^\']*\'', re.DOTALL)
_SCALAR = re.compile(r"[^,\]}#\n]+")
_HEADER = re.compile(r"\[\[?")


def line_of(text: str, path: Path) -> int:
    """Give the line of a path such as `("dates", 3, "date")`, or of the nearest part of it that stands in the text."""
    places = _Scan(text).places
    while path and path not in places:
        path = path[:-1]
    return places.get(path, 1)


class _Scan:
    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.places: dict[Path, int] = {}
        self.counts: dict[Path, int] = {}
        self._document()

    def _gap(self) -> None:
        match = _GAP.match(self.text, self.position)
        self.position = match.end() if match else self.position

    def _at(self, mark: str) -> bool:
        return self.text.startswith(mark, self.position)

    def _place(self, path: Path, position: int) -> None:
        self.places.setdefault(path, self.text.count("\n", 0, position) + 1)

    def _key(self) -> Path:
        """Read a key, dotted or not, up to what follows it."""
        parts: list[str] = []
        while match := _KEY.match(self.text, self.position):
            self.position = match.end()
            parts.append(match[1].strip("\"'"))
            if not match[2]:
                break
        return tuple(parts)

    def _document(self) -> None:
        table: Path = ()
        self._gap()
        while self.position < len(self.text):
            if header := _HEADER.match(self.text, self.position):
                table = self._header(header.group() == "[[")
            else:
                self._pair(table)
            self._gap()

    def _header(self, repeated: bool) -> Path:
        start = self.position
        self.position += 2 if repeated else 1
        *outer, last = self._key()
        self.position += 2 if repeated else 1
        path: Path = ()
        for part in outer:
            path = self._within((*path, part))
            self._place(path, start)
        path = (*path, last)
        if repeated:
            self.counts[path] = self.counts.get(path, -1) + 1
            self._place(path, start)
            path = self._within(path)
        self._place(path, start)
        return path

    def _within(self, path: Path) -> Path:
        """Step into the latest element where the path is an array of tables."""
        return (*path, self.counts[path]) if path in self.counts else path

    def _pair(self, table: Path) -> None:
        start = self.position
        key = self._key()
        for depth in range(1, len(key) + 1):
            self._place((*table, *key[:depth]), start)
        self.position = self.text.index("=", self.position) + 1
        self._value((*table, *key))

    def _value(self, path: Path) -> None:
        while self._at(" ") or self._at("\t"):
            self.position += 1
        if self._at("["):
            self._array(path)
        elif self._at("{"):
            self.position += 1
            self._gap()
            while not self._at("}"):
                self._pair(path)
                self._gap()
            self.position += 1
        elif match := (_STRING.match(self.text, self.position) or _SCALAR.match(self.text, self.position)):
            self.position = match.end()

    def _array(self, path: Path) -> None:
        self.position += 1
        self._gap()
        index = 0
        while not self._at("]"):
            self._place((*path, index), self.position)
            self._value((*path, index))
            self._gap()
            index += 1
        self.position += 1
