"""How things are measured: each beside a baseline, in turns, in the same process, so that a busy machine hurts both."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.parsers import expat


@dataclass(frozen=True, slots=True)
class Timed:
    """The best of many runs, in seconds, and how many times that is of the baseline's best."""

    name: str
    seconds: float
    ratio: float


def against(
    baseline: Callable[[], object],
    others: dict[str, Callable[[], object]],
    seconds: float = 2.0,
    *,
    called: str = "bare expat parse",
) -> list[Timed]:
    """Run the baseline and the others in turns for about so many seconds, and return the best time of each."""
    runs = {called: baseline, **others}
    best = dict.fromkeys(runs, float("inf"))
    end = time.perf_counter() + seconds
    rounds = 0
    while rounds < 5 or time.perf_counter() < end:
        rounds += 1
        for name, run in runs.items():
            begin = time.perf_counter()
            run()
            best[name] = min(best[name], time.perf_counter() - begin)
    least = best[called]
    return [Timed(name, taken, taken / least) for name, taken in best.items()]


def bare_parse(data: bytes) -> None:
    """Parse with expat and nothing else: no handler at all."""
    expat.ParserCreate().Parse(data, True)


def parse_with_empty_handlers(data: bytes) -> None:
    """Parse with handlers that do nothing: the least that a reader made of handlers can take."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda _name, _attributes: None
    parser.EndElementHandler = lambda _name: None
    parser.CharacterDataHandler = lambda _text: None
    parser.Parse(data, True)


def table(heading: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table."""
    widths = [max(len(row[i]) for row in (columns, *rows)) for i in range(len(columns))]
    print(f"\n{heading}")
    for row in (columns, ["-" * width for width in widths], *rows):
        first, *others = zip(row, widths, strict=True)
        print("  ".join(["", first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]).rstrip())
