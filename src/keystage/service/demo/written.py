"""Made-up words and attendance for reports for parents, and the reports themselves, of a year that is over."""

from collections.abc import Sequence
from random import Random

from keystage.service.accounts.models import Person
from keystage.service.demo.seed import DemoSchool
from keystage.service.school.models import Pupil, SchoolReturn
from keystage.service.school.services.report_making import make_reports
from keystage.service.school.services.report_settings import OnEveryReport, change_report_settings
from keystage.service.school.services.report_texts import ReportTexts, write

_PROGRESS = (
    "{name} has worked steadily this year and asks good questions. Reading aloud has become much more confident.",
    "{name} enjoys writing stories and is learning to plan them first. In maths, fractions went very well.",
    "{name} listens well, helps others and has made good progress. Next, we would practise spelling longer words.",
    "It has been a pleasure to teach {name}, who likes a challenge and explains ideas clearly to the class.",
)
_ACHIEVEMENTS = (
    "Science: took the lead in the pond project. Music: plays the recorder in assembly. Sport: ran for the school.",
    "Art: a fine painting of the harbour hangs in the hall. History: knows a great deal about the Romans.",
    "Computing: wrote a quiz that the whole class played. Geography: drew our map of the river. Choir on Fridays.",
)
_EVERY = OnEveryReport(
    arrangements="You are welcome to talk this report over with the class teacher on the open evening in the second"
    " week of July, or at any other time: the office will find one with you.",
    head_name="Hilary Fry",
    head_words="Thank you for your support this year. We wish every child who leaves us all the best.",
)
_POSSIBLE = 378
"""Sessions in the made-up year up to the report."""
_UNWRITTEN = 3
"""So many pupils' reports are still to be written."""


def write_reports(school: DemoSchool, there: SchoolReturn) -> None:
    """Write what teachers write for nearly everybody, and make the reports of two classes out of three."""
    teacher, head = school.people[1][0], school.people[2][0]
    change_report_settings(there, _EVERY, version=0, by=head)
    pupils = list(Pupil.objects.filter(school_return=there, left=None).order_by("class_name", "surname", "pk"))
    written = pupils[:-_UNWRITTEN]
    _write(there, written, teacher)
    classes = sorted({each.class_name for each in written})[:2]
    make_reports(there, [each.key for each in written if each.class_name in classes], by=school.people[0][0])


def _write(there: SchoolReturn, pupils: Sequence[Pupil], teacher: Person) -> None:
    chance = Random(there.year)
    for each in pupils:
        missed = min(int(chance.expovariate(1 / 14)), 90)
        texts = ReportTexts(
            progress=chance.choice(_PROGRESS).format(name=each.forename),
            achievements=chance.choice(_ACHIEVEMENTS),
            possible_sessions=_POSSIBLE,
            attended_sessions=_POSSIBLE - missed,
            unauthorised_absences=missed // 5,
        )
        write(there, each.key, texts, version=0, by=teacher)
