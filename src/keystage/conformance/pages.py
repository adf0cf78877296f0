"""The pages of the pack that a person reads: one for each case, one for each year, and the first."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from keystage.checks import CATALOGUE
from keystage.conformance.case import Case, Found, Task
from keystage.conformance.text import excerpt, lines_of

STYLE = """\
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #0b0c0c; }
h1 { line-height: 1.2; } a { color: #1d70b8; } a:focus { outline: 3px solid #0b0c0c; background: #fd0; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; font-weight: bold; padding: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid #b1b4b6; }
.scroll { overflow-x: auto; } pre { background: #f3f2f1; padding: 1rem; overflow-x: auto; line-height: 1.4; }
mark { background: #fd0; color: inherit; } .hint { color: #505a5f; }
"""
_MANY = 4
"""Findings of one check of which a page shows the places in the file: more say nothing new."""
_LONGEST = 240
"""Letters of a line that a page shows."""
NOT_REAL = "Everything in it is made up: no real person, and no real school, is in it."
NOT_TRIED = (
    "The official rule book was not available, and nothing here has been tried against the real national portal:"
    " each check says how sure its rule is."
)

_WHAT = (
    "Files that prove a program right: good ones, in which nothing may be found, and one for every fault, with all that"
    " must be found in it. Any system may use it."
)
_HOW = (
    "Each case is a folder: the file, what belongs to it, <code>expected.json</code> for programs, and a page for"
    " people. <code>keystage conformance PACK --command “…”</code> scores another program; README.txt says how."
)


@dataclass(frozen=True, slots=True)
class Listed:
    """What the lists of the pack say of a case."""

    name: str
    check: str
    title: str
    findings: int

    @classmethod
    def of(cls, case: Case) -> "Listed":
        """Return what is said of a case."""
        return cls(case.name, case.check, case.title, len(case.findings))


def page(title: str, body: Iterable[str], depth: int) -> str:
    """Return a whole page; ``depth`` is how many folders it stands below the first."""
    head = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)} – Keystage conformance pack</title>\n"
        f'<link rel="stylesheet" href="{"../" * depth}pack.css">\n</head>\n<body>\n<main>\n'
    )
    return head + "\n".join(body) + "\n</main>\n</body>\n</html>\n"


def case_page(case: Case) -> str:
    """Return the page of a case: what is wrong in its file, where, and why that is wrong."""
    depth = case.name.count("/") + 1
    body = [
        f'<p><a href="../../index.html">Cases of {case.year}</a></p>',
        f"<h1>{escape(case.title.removesuffix('.'))}</h1>",
        f'<p class="hint">Case {escape(case.name)}. {NOT_REAL}</p>',
        *_what_is_wrong(case),
        *_files(case),
        *_places(case),
    ]
    return page(case.title.removesuffix("."), body, depth)


def _what_is_wrong(case: Case) -> list[str]:
    worst = [each for each in case.findings if each["severity"] != "info"]
    if not case.findings:
        return ["<h2>Nothing is wrong in it</h2>", "<p>A program that finds anything raises a false alarm.</p>"]
    said = "What must be found" if worst else "Nothing is wrong in it; this must be said"
    rows = [_row(each) for each in case.findings]
    return [
        f"<h2>{said}</h2>",
        _table(("Check", "Whose", "Subject", "What stands there", "Line or cell"), rows),
        "<h2>Why</h2>",
        "<dl>",
        *(_why(code) for code in dict.fromkeys(each["code"] for each in case.findings)),
        "</dl>",
        "<p>Nothing else is wrong: whatever more is found is a false alarm.</p>",
    ]


def _row(found: Found) -> tuple[str, ...]:
    whose = " ".join(part for part in (found["pupil"], f"({found['upn']})" if found["upn"] else None) if part)
    line = found["cell"] or ("" if found["line"] is None else str(found["line"]))
    return (
        f"{found['code']} {CATALOGUE[found['code']].summary} ({found['severity']})",
        whose or "the file",
        found["subject"] or "",
        found["value"] or "",
        line,
    )


def _why(code: str) -> str:
    check = CATALOGUE[code]
    sure = f"How sure: {check.grounds.basis} – {check.grounds.source}."
    return f'<dt>{code}</dt><dd>{escape(check.purpose)} <span class="hint">{escape(sure)}</span></dd>'


def _files(case: Case) -> list[str]:
    kind = "The results file" if case.task is Task.RESULTS else "The file to be checked"
    what = ((case.file, kind), (case.register, "The register of expected pupils"))
    more = ((case.previous, "The file that was sent before"), (case.sent, "The return that was sent"))
    items = [f'<li>{said}: <a href="{_href(name)}">{escape(name)}</a></li>' for name, said in (*what, *more) if name]
    expected = '<li>The same for programs: <a href="expected.json">expected.json</a></li>'
    return ["<h2>The files</h2>", "<ul>", *items, expected, "</ul>", f"<p>The day of the check is {case.today}.</p>"]


def _places(case: Case) -> list[str]:
    """Show the lines of the file that the findings point at, a few of each check."""
    lines = lines_of(case.files[case.file])
    shown: list[str] = []
    counts: Counter[str] = Counter()
    for each in case.findings:
        line = each["line"]
        counts[each["code"]] += 1
        if line is None or line > len(lines) or counts[each["code"]] > _MANY:
            continue
        shown.append(f"<h3>{each['code']}, line {line}</h3>")
        shown.append(
            f"<pre>{''.join(_line(number, text, number == line) for number, text in excerpt(lines, line))}</pre>"
        )
    return ["<h2>In the file</h2>", *shown] if shown else []


def _line(number: int, text: str, is_it: bool) -> str:
    cut = "…" if len(text) > _LONGEST else ""
    said = f"{number:>5}  {escape(text[:_LONGEST])}{cut}\n"
    return f"<mark>{said}</mark>" if is_it else said


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]], *, safe: bool = False) -> str:
    head = "".join(f'<th scope="col">{heading}</th>' for heading in headings)
    body = "".join(
        f"<tr>{''.join(f'<td>{cell if safe else escape(cell)}</td>' for cell in row)}</tr>\n" for row in rows
    )
    open_ = f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(", ".join(headings))}">'
    return f"{open_}<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table></div>"


def _href(path: str) -> str:
    return quote(path)


def year_page(year: int, listed: Sequence[Listed], without: Mapping[str, str], *, is_draft: bool) -> str:
    """Return the list of a year's cases."""
    good = [each for each in listed if not each.check]
    faulty = [each for each in listed if each.check]
    draft = f"<p>The rules for {year} are a draft: nearly all of them are assumed.</p>" if is_draft else ""
    body = [
        '<p><a href="../index.html">The conformance pack</a></p>',
        f"<h1>Cases of {year}</h1>",
        f"<p>Files of the summer of {year}: {len(good)} good ones, {len(faulty)} with a fault. {NOT_REAL}</p>{draft}",
        "<h2>Good files</h2>",
        _table(("Case", "What it is"), ((_link(each), escape(each.title)) for each in good), safe=True),
        "<h2>Faulty files</h2>",
        _table(
            ("Check", "Case", "What is wrong", "Findings"),
            ((each.check, _link(each), escape(each.title), str(each.findings)) for each in faulty),
            safe=True,
        ),
        "<h2>Not here</h2>",
        _table(("Check", "Why no case shows it"), sorted(without.items())),
    ]
    return page(f"Cases of {year}", body, 1)


def _link(listed: Listed) -> str:
    below = listed.name.partition("/")[2]
    return f'<a href="{_href(below)}/index.html">{escape(below)}</a>'


def first_page(version: str, years: Sequence[tuple[int, int, int]], checks: Mapping[str, int]) -> str:
    """Return the first page.

    Args:
        version: that of the pack.
        years: each year, with how many good and how many faulty files it has.
        checks: how many cases show each check.
    """
    rows = [(f'<a href="{year}/index.html">{year}</a>', str(good), str(faulty)) for year, good, faulty in years]
    shown = [
        (code, check.slug, str(check.severity), check.purpose, str(checks.get(code, 0)))
        for code, check in sorted(CATALOGUE.items())
    ]
    body = [
        "<h1>Conformance pack for the key stage 2 teacher assessment return</h1>",
        f"<p>Version {escape(version)}. {_WHAT}</p>",
        f"<p>{NOT_REAL} {NOT_TRIED}</p>",
        f"<p>{_HOW}</p>",
        "<h2>Years</h2>",
        _table(("Year", "Good files", "Faulty files"), rows, safe=True),
        "<h2>Checks</h2>",
        _table(("Check", "Name", "Severity", "What must be so", "Cases"), shown),
        '<p>Free to use under the MIT licence: <a href="LICENCE.txt">LICENCE.txt</a>.</p>',
    ]
    return page("Conformance pack", body, 0)
