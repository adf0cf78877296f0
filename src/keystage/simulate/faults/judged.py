"""J: faults in judgements, one by one and together."""

from random import Random

from keystage.simulate.draft import Draft
from keystage.simulate.faults.registry import PUPIL_FAULTS, Expected, seeds
from keystage.simulate.faults.tools import (
    MATHS,
    READING,
    SCIENCE,
    WRITING,
    on_code,
    on_row,
    others_are_judged,
    set_below,
    set_code,
    take_out,
)
from keystage.simulate.filed import FiledPupil, all_rows
from keystage.years import Subject

_BOTH = (WRITING, SCIENCE)
_NOT_CODES = {
    WRITING: ("2B", "4", "PKF", "PKG", "BLW", "D", "NS", "AS", "HNM", "EXP", "PK7", "P4", "W"),
    SCIENCE: ("GDS", "WTS", "PK3", "EM", "2A", "D", "B", "NOTSEN", "YES"),
}


@seeds("J01", PUPIL_FAULTS)
def no_judgement(draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """No row in writing or science, or one without a result."""
    subject = chance.choice(_BOTH)
    if chance.random() < 0.5:
        take_out(pupil, subject)
    else:
        set_code(draft, pupil, subject, chance.choice((None, "", " ")))
    return [on_code("J01", pupil, subject)]


@seeds("J01", PUPIL_FAULTS)
def no_judgements(draft: Draft, pupil: FiledPupil, _chance: Random) -> Expected:
    """No rows at all, as for a pupil who was left out of the marksheet."""
    if not others_are_judged(draft, pupil):
        return None
    for subject in _BOTH:
        take_out(pupil, subject)
    return [on_code("J01", pupil, WRITING), on_code("J01", pupil, SCIENCE)]


@seeds("J03", PUPIL_FAULTS)
def not_a_code(draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """A code of another year, another subject, a test, or none."""
    subject = chance.choice(_BOTH)
    set_code(draft, pupil, subject, chance.choice(_NOT_CODES[subject]))
    return [on_code("J03", pupil, subject)]


@seeds("J03", PUPIL_FAULTS)
def standard_in_a_tested_subject(draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """A standard in reading or maths of a pupil who sits the test: no code there, and no judgement wanted."""
    subject = chance.choice((READING, MATHS))
    set_code(draft, pupil, subject, chance.choice(("EXS", "WTS", "GDS")))
    return [on_code("J03", pupil, subject), on_code("C08", pupil, subject)]


@seeds("J04", PUPIL_FAULTS)
def two_codes(draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """A second, different code in a subject."""
    subject = chance.choice(_BOTH)
    first = pupil.judged(subject)
    others = [code for code in ("EXS", "HNM" if subject is SCIENCE else "WTS") if code != first.code]
    second = draft.row(subject, others[0])
    pupil.rows.insert(pupil.rows.index(first) + 1, second)
    return [on_row("J04", pupil, second, "Result", others[0])]


@seeds("J06", PUPIL_FAULTS)
def science_too_good(draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """The standard met in science by a pupil far below it in writing."""
    set_code(draft, pupil, WRITING, chance.choice(("PK1", "PK3", "PK6", "EM")))
    set_code(draft, pupil, SCIENCE, "EXS")
    return [on_code("J06", pupil, SCIENCE)]


@seeds("J07", PUPIL_FAULTS)
def left_in_one_subject(draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """L in one of writing and science; the register, which does not say left, makes C06 too."""
    subject = chance.choice(_BOTH)
    set_code(draft, pupil, subject, "L")
    return [on_code("J07", pupil, subject), on_code("C06", pupil, subject)]


@seeds("J08", PUPIL_FAULTS)
def engagement_model_in_reading(draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """EM in reading or maths, and a standard in writing."""
    subject = chance.choice((READING, MATHS))
    set_below(pupil, subject)
    set_code(draft, pupil, subject, "EM")
    return [on_code("J08", pupil, subject)]


@seeds("J08", PUPIL_FAULTS)
def engagement_model_in_writing(draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """EM in writing, and a pre-key stage standard in maths."""
    set_below(pupil, MATHS)
    set_code(draft, pupil, WRITING, "EM")
    set_code(draft, pupil, MATHS, f"PK{chance.randint(1, 6)}")
    set_code(draft, pupil, SCIENCE, "HNM")
    return [on_code("J08", pupil, WRITING)]


@seeds("J09", PUPIL_FAULTS)
def another_year_in_one_subject(draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """F or P in one of writing and science."""
    subject = chance.choice(_BOTH)
    set_code(draft, pupil, subject, chance.choice("FP"))
    return [on_code("J09", pupil, subject)]


@seeds("J10", PUPIL_FAULTS)
def wrong_year(draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """A row of last year, or of no year, in a file that is plainly of this one."""
    right = str(draft.year.year)
    years = [row.text.year == right for row in all_rows(draft.pupils) if row.subject]
    if years.count(True) <= 4 * (years.count(False) + 2):
        return None
    subject: Subject = chance.choice(_BOTH)
    row = pupil.judged(subject)
    wrong = chance.choice((str(draft.year.year - 1), str(draft.year.start_year % 100), "", None))
    row.text = row.text._replace(year=wrong)
    return [on_row("J10", pupil, row, "Year", wrong or "")]


@seeds("J14", PUPIL_FAULTS)
def odd_date(draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """A date before the school year, one to come, or one that is none."""
    row = pupil.judged(chance.choice(_BOTH))
    wrong = chance.choice((f"{draft.year.start_year}-07-12", f"{draft.year.year + 20}-06-01", "last week"))
    row.text = row.text._replace(date=wrong)
    return [on_row("J14", pupil, row, "ResultDate", wrong)]


@seeds("J15", PUPIL_FAULTS)
def untidy_code(_draft: Draft, pupil: FiledPupil, chance: Random) -> Expected:
    """A code in small letters or with spaces, which can be read all the same."""
    row = pupil.judged(chance.choice(_BOTH))
    code = row.code
    row.text = row.text._replace(result=chance.choice((code.lower(), f" {code}", f"{code.title()} ", f"{code}  ")))
    return [on_row("J15", pupil, row, "Result", code)]
