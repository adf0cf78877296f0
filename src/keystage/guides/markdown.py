"""A guide as a page of Markdown, for the documentation and for the terminal."""

from collections.abc import Iterator

from keystage.guides.guide import Guide

NOT_TRIED = (
    "Nobody has tried these steps in the system itself for this page; they are retold from what is public, and each"
    " says where it was read. If your screen shows something else, believe your screen."
)
_AT_THE_SOURCE = (
    "Correct what is wrong in the system and export again; a file that is changed by hand leaves the system wrong."
)


def as_markdown(guide: Guide) -> str:
    """Return a guide as a page."""
    return "\n".join(_lines(guide)) + "\n"


def _lines(guide: Guide) -> Iterator[str]:
    yield f"# {guide.name}"
    yield f"\nThe key stage 2 teacher assessment return from {guide.full_name}."
    yield f"\n**What is known of it.** {guide.known} {NOT_TRIED}"
    yield "\n## Getting the file out\n"
    for number, step in enumerate(guide.export, start=1):
        yield f"{number}. {step.text}{_from(step.source)}"
    yield "\n## Putting findings right"
    for fix in guide.fixes:
        yield f"\n### {fix.title} ({', '.join(fix.codes)})\n"
        for text in fix.steps:
            yield f"- {text}"
        if fix.source:
            yield f"\n_Read in: {fix.source}._"
    yield f"\n{_AT_THE_SOURCE}"
    yield "\n## What is not known\n"
    for each in guide.not_known:
        yield f"- {each}"
    yield f"\n_How a file is recognised: {guide.recognised}_"


def _from(source: str) -> str:
    return f" _({source})_" if source else ""
