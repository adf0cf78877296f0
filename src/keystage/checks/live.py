"""What a person does about a finding in the school's own records, where there is no file yet to export again.

A fix speaks to somebody who holds a file: correct it in your system, export again. On the school's own pages the
records are corrected where they stand and the checks run by themselves, so these fixes stand in place of the others.
"""

from collections.abc import Mapping
from types import MappingProxyType

FIXES: Mapping[str, str] = MappingProxyType(
    {
        "P01": "Look the UPN up: a letter, eleven figures, and a figure (or, for a temporary UPN, a letter) at the end."
        " Put it right in the pupil's details.",
        "P06": "Enter the pupil's full legal name.",
        "P07": "Look the date of birth up and correct it in the pupil's details.",
        "P09": "Enter it in the pupil's details.",
        "J01": "Ask the teacher, and enter one of {codes}.",
        "J04": "Ask the teacher which is right, and take the other out.",
        "J06": "Ask the teacher. If the science judgement is right, say so in the note. If not, correct it.",
        "C01": "If the pupil is on the roll, say on the page of the pupils that they are reported. If not, add them, as"
        " also leavers and pupils of other year groups who are expected. If the pupil should not be expected, change"
        " the registration at the gateway and load the register again.",
        "C02": "If the pupil finishes key stage 2 here this year, add them to the registration at the gateway and load"
        " the register again. If not, say on the page of the pupils that they are not reported here.",
        "C07": "Ask the teacher, and enter one of {codes} in {subject}. If the pupil did sit the test, correct the"
        " registration at the gateway and load the register again.",
        "C08": "Leave the {subject} judgement out. If the pupil did not sit the test, being below its standard, correct"
        " the registration at the gateway and load the register again.",
        "C09": "If the pupil's {subject} belongs to that other year too, enter {expected}. If it is judged this year,"
        " say so in the note. If the registration is wrong, correct it at the gateway and load the register again.",
        "C10": "Enter {moderated} in writing. If the record of the moderation is wrong, ask the authority's moderation"
        " manager to correct it.",
    }
)
"""By the code of the check; a check that is not here says the same in both places."""
