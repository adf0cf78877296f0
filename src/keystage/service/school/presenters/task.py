"""One step of a year, as the list of tasks shows it."""

from dataclasses import dataclass

DONE, NOT_YET, NOT_NEEDED = "Done", "Cannot start yet", "Not needed"


@dataclass(frozen=True, slots=True)
class Task:
    """One step."""

    text: str
    href: str
    status: str
    colour: str = ""
    hint: str = ""


def as_task(text: str, href: str, *, is_done: bool, hint: str = "") -> Task:
    """Return a step that is done or to be done."""
    return Task(text, href, DONE, "", hint) if is_done else Task(text, href, "To do", "blue", hint)
