"""D: differences from the file that was sent before. The faults are put into that earlier file."""

from datetime import timedelta
from random import Random

from keystage.simulate.draft import Draft, ordinary
from keystage.simulate.expect import Expect
from keystage.simulate.faults.registry import Expected
from keystage.simulate.faults.tools import SCIENCE, WRITING, on_code, set_code, stranger, take_out
from keystage.simulate.faults.upns import copy_of

EARLIER = timedelta(days=6, hours=1)


def seed(now: Draft, before: Draft, chance: Random, rate: float) -> tuple[list[Expect], list[Expect]]:
    """Turn ``before``, which is the same file, into the one sent before: what must be found, and what must be said."""
    before.header.fields["DateTime"] = (now.made - EARLIER).strftime("%Y-%m-%dT%H:%M:%S")
    faults: list[Expect] = []
    differs = False
    if rate:
        for pupil in ordinary(now.pupils):
            if chance.random() < rate:
                found = chance.choice((dropped, changed))(now, before, now.pupils.index(pupil), chance)
                faults += found or []
                differs = True
        if chance.random() < min(10 * rate, 0.3):
            faults += later(now, before)
    return faults, [] if differs else [Expect("D03")]


def dropped(_now: Draft, before: Draft, at: int, chance: Random) -> Expected:
    """A pupil who was in the earlier file and is not in this one."""
    made = stranger(before, chance)
    gone = copy_of(before.pupils[at], made)
    gone.surname, gone.forename = before.shown(made.surname), before.shown(made.forename)
    gone.born, gone.sex = made.born.isoformat(), made.sex
    before.pupils.append(gone)
    row = gone.expected
    row.upn, row.surname, row.forename = made.upn, gone.surname, gone.forename
    return [Expect("D01", row)]


def changed(now: Draft, before: Draft, at: int, chance: Random) -> Expected:
    """A judgement that was another in the earlier file, or was not there."""
    subject = chance.choice((WRITING, SCIENCE))
    pupil, then = now.pupils[at], before.pupils[at]
    row = pupil.judged(subject)
    if chance.random() < 0.2:
        take_out(then, subject)
    else:
        others = ("EXS", "HNM") if subject is SCIENCE else ("GDS", "EXS", "WTS", "PK6")
        set_code(before, then, subject, chance.choice([code for code in others if code != row.code]))
    return [on_code("D02", pupil, subject)]


def later(now: Draft, before: Draft) -> list[Expect]:
    """An earlier file that says it was made after this one."""
    before.header.fields["DateTime"] = (now.made + timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M:%S")
    return [Expect("D04", header=(now.header, "DateTime"), value=now.header.fields["DateTime"])]
