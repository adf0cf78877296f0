"""What to do about a finding, for whoever reads it at the gateway.

The checks speak to somebody who holds a file and has not sent it yet: “rename it before you upload it”, “correct the
registration at the gateway”. Here the file has arrived and the registration is a page away, and nobody can be asked to
run a command. Whoever reads what is found in results here is the agency, and not a school.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from keystage.checks.finding import Finding
from keystage.checks.report import Report

_INSTEAD: Mapping[str, str] = MappingProxyType(
    {
        "C03": "Find out which is right, from the birth certificate if need be. Correct it in the school's records and"
        " send the file again, or correct the registration here.",
        "C05": "The page “Numbers” names everybody who is missing or not expected, with what to do about each.",
        "D02": "Nothing needs doing if the change is meant: it is shown before it counts, and you confirm it. If it is"
        " not, correct it and export the file again.",
        "D03": "Nothing needs doing: what counts stays as it is.",
        "D04": "Make sure that this is the latest file. If it is not, set it aside and send the latest.",
        "F05": "Nothing needs doing: the file was read all the same.",
        "F06": "Make sure that this is the right file. If it is, say so in the note. If it is not, set it aside and"
        " send the right one.",
        "H07": "Nothing is lost, so say so in the note. Bring the school's system up to date before the next file.",
        "J15": "Nothing needs doing.",
        "R01": "Look for the same child under another UPN or name, at this school and at others. Correct the"
        " registration if that is wrong; else ask whoever made the results file.",
        "R02": "Ask whoever made the results file to correct this line, and load the new file.",
        "R03": "Ask whoever made the results file whether the marks were changed by a review or by special"
        " consideration. If they were not, have the line corrected.",
        "R04": "Ask whoever made the results file to correct this line, and load the new file.",
        "R05": "Ask the school whether it sent a pre-key stage standard or the engagement model for this subject. The"
        " results can be released all the same.",
        "R06": "Ask whoever made the results file why the judgement is not the one that the school sent.",
    }
)
"""By the code of the check; a check that is not here says the same here, but for the sentences below."""
_NOTHING = "Nothing needs doing."
_SENTENCES = (
    ("change the registration at the gateway", "change the registration here"),
    ("correct the registration at the gateway", "correct the registration here"),
    ("the registration at the gateway", "the registration here"),
    ("register them at the gateway", "register them here"),
    ("If the registration is wrong, correct it at the gateway.", "If the registration is wrong, correct it here."),
    ("do that at the gateway too, because leaving a pupil out of a file may not remove them; and say so in the note.",
     "do that on the page “Numbers”, because leaving a pupil out of a file removes nobody; and say so in the note."),
    (" A file with gaps cannot be used.", ""),  # whether it counts is said at the head of the page
    (" Where the version alone is wrong, “keystage repair” can put it right.", ""),
    ("Run “keystage repair” on the file and look at the names it lists, or export it again as UTF-8.",
     "Export the file again as UTF-8. If the school's system cannot do that, ask its supplier."),
    ("Run “keystage repair” on the file: it removes what stands before, or a second such line.",
     "Export the file again, and send it as it was exported: a program that opens and saves it may add to it."),
)  # fmt: skip
"""Parts of the other ways out, and what stands here in their place."""


def at_the_gateway(report: Report) -> Report:
    """Return a report in which each way out is one that there is at the gateway."""
    return replace(report, findings=tuple(map(_here, report.findings)))


def _here(finding: Finding) -> Finding:
    fix = finding.fix if finding.fix == _NOTHING else _INSTEAD.get(finding.code, finding.fix)
    for before, after in _SENTENCES:
        fix = fix.replace(before, after)
    return finding if fix == finding.fix else replace(finding, fix=fix)
