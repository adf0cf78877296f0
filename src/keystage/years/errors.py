"""What the years refuse: a year that is not held, a file that is wrong, a value that is not known."""

from pathlib import Path


class YearUnknown(LookupError):
    """A collection year was asked for that is not held; says which are."""

    def __init__(self, year: int, held: tuple[int, ...]) -> None:
        self.year = year
        self.held = held
        super().__init__(year, held)

    def __str__(self) -> str:
        return f"The collection year {self.year} is not held. Held: {', '.join(map(str, self.held)) or 'none'}."


class YearFileInvalid(ValueError):
    """A year's file cannot be used; says the file, the line, what is wrong and what is expected."""

    def __init__(self, file: Path, line: int, wrong: str, expected: str) -> None:
        self.file = file
        self.line = line
        self.wrong = wrong
        self.expected = expected
        super().__init__(file, line, wrong, expected)

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.wrong} Expected: {self.expected}"


class NotHeld(LookupError):
    """A value was asked for that is not known for that year; it is never guessed."""

    def __init__(self, what: str, year: int) -> None:
        self.what = what
        self.year = year
        super().__init__(what, year)

    def __str__(self) -> str:
        return f"Not held for {self.year}: {self.what}."
