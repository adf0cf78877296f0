"""``make bench``: the page that checks files in the browser: what it fetches, when it is ready, what a file takes."""

import argparse
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.measure import table
from keystage.simulate import a_file

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "frontend")]

AIM_MEGABYTES, AIM_READY, AIM_FILE = 8, 10, 100
"""Megabytes as they are sent; seconds; milliseconds for a file of 60 pupils."""

TIMED = """async ([text, times]) => {
    const { engine } = await import("./page.js");
    const file = new File([text], "9992000_KS2_NAALLLL_001.xml");
    const taken = [];
    for (let turn = 0; turn < times; turn += 1) {
        await engine.ask("begin", { year: null, register: null, previous: null });
        const begun = performance.now();
        await engine.ask("check", { file });
        taken.push(performance.now() - begun);
    }
    return taken;
}"""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=3, help="how often the page is opened anew")
    options = parser.parse_args()
    sizes()
    with tempfile.TemporaryDirectory() as made:
        times(Path(made) / "checker", options.times)


def sizes() -> None:
    import build_checker

    found = sorted(build_checker.sizes(), key=lambda each: -each[1])
    rows = [(name, f"{size:,}") for name, size in found[:6]]
    rows.append(("all the rest", f"{sum(size for _, size in found[6:]):,}"))
    rows.append(("together", f"{sum(size for _, size in found):,}"))
    table(f"What the browser fetches (aim: under {AIM_MEGABYTES} MB)", ("", "bytes, packed"), rows)


def times(folder: Path, repeats: int) -> None:
    from journeys.checker import loaded, plain_folder, served
    from service.browsing import a_browser

    taken: dict[str, list[float]] = {}
    with served(plain_folder(folder)) as address, a_browser() as browser:
        for _ in range(repeats):
            context = browser.new_context()
            page = context.new_page()
            begun = perf_counter()
            loaded(page, address)
            taken.setdefault("ready, the first time, s", []).append(perf_counter() - begun)
            begun = perf_counter()
            page.reload()
            loaded(page)
            taken.setdefault("ready again, from what the browser keeps, s", []).append(perf_counter() - begun)
            for pupils in (60, 240):
                found = page.evaluate(TIMED, [a_file(pupils=pupils).decode(), 10])
                taken.setdefault(f"a file of {pupils} pupils, ms", []).extend(found)
            context.close()
    rows = [(name, f"{min(each):.1f}", f"{median(each):.1f}") for name, each in taken.items()]
    aims = f"aims: ready in {AIM_READY} s, 60 pupils in {AIM_FILE} ms"
    table(f"In Chromium, served by this machine ({aims})", ("", "best", "median"), rows)


if __name__ == "__main__":
    main()
