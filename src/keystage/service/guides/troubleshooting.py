"""What each check means and how to put right what it finds: read from the catalogue of checks."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from keystage.checks import CATALOGUE
from keystage.checks.catalogue import Check, Stage
from keystage.checks.finding import Severity

FAMILIES: Mapping[Stage, str] = MappingProxyType(
    {
        Stage.COHORT: "Who is in the file: missing and unexpected pupils",
        Stage.JUDGEMENTS: "Judgements",
        Stage.PUPILS: "Pupils: UPN, name, date of birth, sex",
        Stage.FILE: "The file itself",
        Stage.HEADER: "The header of the file",
        Stage.RESUBMISSION: "A file that follows another",
        Stage.SIGN_OFF: "Signatures, in the school’s records",
        Stage.RESULTS: "Results",
    }
)
"""The families of checks in the order in which schools meet them most."""

IN_GENERAL: Mapping[str, str] = MappingProxyType(
    {
        "C05": "Nothing needs doing where nobody is missing and everybody is expected. At the gateway, the page"
        " “Numbers” names everybody who is missing or not expected, with what to do about each.",
        "C06": "See when the pupil left. If before test week, the register says “left” and both judgements are L; if"
        " not, the pupil is judged. Correct the one that is wrong: the judgement, or the registration at the gateway.",
        "C07": "Ask the teacher, enter a pre-key stage standard or EM in the subject, and export the file again. If the"
        " pupil did sit the test, correct the registration at the gateway.",
        "C08": "Leave that judgement out and export the file again. If the pupil did not sit the test, being below its"
        " standard, correct the registration at the gateway.",
        "C09": "If the subject belongs to the other year too, enter F or P and export the file again. If it is judged"
        " this year, say so in the note. If the registration is wrong, correct it at the gateway.",
        "C10": "Enter the moderator’s judgement in the school’s system and export the file again. If the record of the"
        " moderation is wrong, ask the authority’s moderation manager to correct it.",
        "F01": "Open the file on your computer. If it does not open there either, export it again. Send the file as"
        " the school’s system wrote it: XML, a spreadsheet (xlsx, xls, ods), CSV, or a zip of such files.",
        "F02": "Look for the file that the export wrote: its name ends in .xml and holds the school’s number. A report,"
        " a web page or a file of another service cannot be used.",
        "F03": "Export the file again, and do not open and save it in another program on the way. If it happens with a"
        " new file, tell the supplier of the school’s system: the file declares a document type or entities.",
        "F04": "Export the file again without opening it in another program in between. If it happens again, tell the"
        " supplier of the school’s system: the file says one encoding and is written in another.",
        "F05": "Rename the file to the form that the message gives. Nothing in it changes.",
        "F06": "Make sure that this is the right file for this school. If it is, rename it as the message says.",
        "F07": "Export again, and choose key stage 2 teacher assessment of this year. If the file holds another"
        " assessment, such as phonics, it belongs to another collection.",
        "F08": "Make one file for each school, with the pupils of this return alone in it.",
        "F10": "If the column matters, give it one of the headings that the message lists. If not, leave it and say so"
        " in the note.",
        "F11": "Add the column that the message names, or give the one that holds it that heading. The template from"
        " the gateway has all of them.",
        "H01": "Make sure that this year’s file was exported. If it was, bring the school’s system up to date and"
        " export again. Where the version alone is wrong, the page “Check a file” can put it right.",
        "H02": "Set the school’s number in its system (three figures for the authority, four for the school) and export"
        " the file again.",
        "H03": "Export again for the national agency: destination NAA LLLL. In the school’s system this is the"
        " destination of the CTF export.",
        "H05": "Make sure that this year’s file was exported, and not last year’s; if it was, set the school year of"
        " the export and export again.",
        "H06": "Set the clock of the computer that makes the file, and export the file again. If the date is right, say"
        " so in the note.",
        "J01": "Ask the teacher, enter a code in the school’s system, and export the file again. A file with gaps"
        " cannot be used.",
        "J03": "The message lists the codes that could stand there. Ask the teacher for one of them, enter it in the"
        " school’s system, and export the file again. Codes of other years and other assessments are not valid.",
        "P02": "Look the UPN up in the school’s records, and in the file from the pupil’s last school. One character is"
        " wrong; correct it and export the file again. Never make up a UPN.",
        "R05": "Look whether a pre-key stage standard or the engagement model was sent for the subject. If not, send"
        " it; if the collection has closed, write to the helpdesk.",
        "S02": "If the change is right, ask those who signed to read it and sign again. If it is not, change it back.",
    }
)
"""What to do where the catalogue's words need a file to be filled in from."""

_SEVERITIES = {
    Severity.ERROR: "Error: the file cannot be accepted",
    Severity.QUERY: "Query: put it right, or say in a note why it is right",
    Severity.INFO: "For information: it blocks nothing",
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """One check, for a person who met what it finds."""

    code: str
    summary: str
    severity: str
    means: str
    way_out: str
    sure: str


def families() -> tuple[tuple[str, str, tuple[Trouble, ...]], ...]:
    """Return each family of checks: the word in its address, its name, and its checks in the order of their codes."""
    found = sorted(CATALOGUE.values(), key=lambda check: check.code)
    return tuple(
        (stage.name.lower().replace("_", "-"), words, tuple(_trouble(each) for each in found if each.stage is stage))
        for stage, words in FAMILIES.items()
    )


def _trouble(check: Check) -> Trouble:
    return Trouble(
        check.code,
        check.summary,
        _SEVERITIES[check.severity],
        check.purpose,
        IN_GENERAL.get(check.code, check.fix),
        str(check.grounds.basis),
    )
