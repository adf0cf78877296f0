"""The list of tasks of a year: the steps, how each stands, what is left, who is waited for, how long there is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from keystage.service.accounts.roles import Permission
from keystage.service.design.words import date_words, join_words, plural
from keystage.service.school.models import Export, Stage
from keystage.service.school.presenters.task import DONE, NOT_NEEDED, NOT_YET, Task, as_task
from keystage.service.school.presenters.tasks_after import after_return
from keystage.service.school.readiness import before_file, before_signing
from keystage.service.school.signatures import Part, Signing
from keystage.service.school.views.visiting import YearVisit


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """Steps that belong together."""

    heading: str
    items: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class TaskList:
    """The steps, and what stands above them."""

    groups: tuple[TaskGroup, ...]
    deadline: str
    """A sentence; empty where the date is not known."""
    state: str
    """The return in words."""
    next_task: Task | None
    """The first step that is not done."""


def task_list(at: YearVisit) -> TaskList:
    """Return the tasks of a school's year."""
    steps = _Steps(at)
    groups = tuple(
        TaskGroup(heading, items)
        for heading, items in (
            ("Get the right pupils", (steps.roll(), steps.register(), steps.cohort())),
            ("Enter the judgements", (steps.marksheet(), steps.checks())),
            ("Sign and send", (*steps.teachers(), steps.head(), steps.file(), steps.sent())),
            ("After the return", after_return(at, steps.href)),
        )
        if items
    )
    items = (item for group in groups for item in group.items)
    return TaskList(
        groups,
        _deadline(at),
        steps.state(),
        next((item for item in items if item.href and item.status not in (DONE, NOT_YET, NOT_NEEDED)), None),
    )


def _deadline(at: YearVisit) -> str:
    found = at.records.year.find_date("ta_deadline")
    if found is None:
        return ""
    days = (found.date - at.records.today).days
    when = f"{date_words(found.date)}"
    if days > 1:
        return f"The return must be with the gateway by {when}: {days} days from now."
    words = {1: "that is tomorrow", 0: "that is today"}
    return f"The return must be with the gateway by {when}: {words[days]}." if days >= 0 else _past(found.date)


def _past(deadline: date) -> str:
    return f"The deadline was {date_words(deadline)}."


class _Steps:
    def __init__(self, at: YearVisit) -> None:
        self.at = at
        self.records = at.records
        self.signing = Signing.of(self.records)
        self.export = Export.objects.filter(school_return=at.school_return).select_related("file").last()

    def href(self, name: str) -> str:
        return reverse(
            f"school:{name}", kwargs={"organisation": self.at.school.key, "year": self.at.school_return.year}
        )

    def roll(self) -> Task:
        if self._is_nil:
            return Task("Load the roll", self.loading("roll-upload"), NOT_NEEDED, hint="A nil return has no pupils")
        count = len(self.records.pupils)
        hint = f"{plural(count, 'pupil')} on the roll" if count else "From a CTF, a CSV file or an Excel sheet"
        return as_task("Load the roll", self.loading("roll-upload"), is_done=bool(count), hint=hint)

    def register(self) -> Task:
        if self._is_nil:
            return Task("Load the register of expected pupils", self.loading("register-upload"), NOT_NEEDED)
        is_done = self.at.school_return.has_register
        hint = (
            f"{plural(len(self.records.expected), 'pupil')} expected" if is_done else "The pupils the gateway expects"
        )
        return as_task(
            "Load the register of expected pupils", self.loading("register-upload"), is_done=is_done, hint=hint
        )

    def loading(self, name: str) -> str:
        """Return where a file is loaded; for those who may not, where it shows what was loaded."""
        may_load = self.at.may(Permission.EDIT_PUPILS) and not self.at.school_return.is_closed
        return self.href(name if may_load else "pupils")

    def cohort(self) -> Task:
        if not self.records.pupils:
            return self._later("Decide who is in the return", "After the roll is loaded")
        undecided = len(self.records.undecided)
        hint = f"{plural(self.records.reported, 'pupil')} in the return"
        if undecided:
            hint = f"{plural(undecided, 'pupil')} to decide about"
        return as_task("Decide who is in the return", self.href("pupils"), is_done=not undecided, hint=hint)

    def marksheet(self) -> Task:
        missing = self.records.missing
        if not self.records.reported:
            return self._later("Fill in the marksheet", "After the pupils are there")
        hint = f"{plural(missing, 'judgement')} left" if missing else "Every judgement is there"
        return as_task("Fill in the marksheet", self.href("marksheet"), is_done=not missing, hint=hint)

    def checks(self) -> Task:
        text = "Put errors right and answer queries"
        if not self.records.reported:
            return self._later(text)
        errors, queries = self.records.report.errors, len(self.records.open_queries)
        hint = join_words([plural(errors, "error"), plural(queries, "query", "queries")])
        if not errors and not queries:
            answered = len(self.records.answers.standing)
            hint = f"No errors, and {plural(answered, 'query', 'queries')} answered" if answered else "All in order"
        return as_task(text, self.href("checks"), is_done=not (errors or queries), hint=hint)

    def _later(self, text: str, hint: str = "") -> Task:
        """Return a step that waits for pupils; a nil return never has any."""
        return Task(text, "", NOT_NEEDED) if self._is_nil else Task(text, "", NOT_YET, hint=hint)

    def teachers(self) -> Iterator[Task]:
        for part in self.signing.classes:
            name = part.class_name
            text = f"Class teacher signs for {name}" if name else "Class teacher signs for pupils without a class"
            yield self._signs(part, text, "the class teacher")

    def head(self) -> Task:
        text = "Headteacher signs the return"
        if not self.records.reported and not self.at.school_return.nil_reason:
            return Task(text, "", NOT_YET)
        return self._signs(self.signing.whole, text, "the headteacher")

    def _signs(self, part: Part, text: str, who: str) -> Task:
        href = self.href("signing")
        if part.signed:
            return Task(text, href, DONE, hint=f"Signed by {part.signed.person}")
        if part.refused:
            return Task(text, href, "Cannot confirm", "red", f"{part.refused.person} cannot confirm it")
        if before_signing(self.records, part.of_class):
            return Task(text, href, NOT_YET, hint="When everything is there and in order")
        voided = part.latest is not None
        hint = f"Changed after {part.latest.person} signed" if part.latest and voided else f"Waiting for {who}"
        return Task(text, href, "To sign again" if voided else "To sign", "blue", hint)

    def file(self) -> Task:
        text = "Make the file"
        if self._is_nil:
            return Task(text, "", NOT_NEEDED, hint="A nil return has no file")
        is_done = self.export is not None and self.export.version == self.at.school_return.version
        if not is_done and before_file(self.records, self.signing):
            return Task(text, "", NOT_YET, hint="After the headteacher has signed")
        hint = str(self.export) if self.export else ""
        if self.export and not is_done:
            hint = f"{self.export} does not hold the latest changes"
        return as_task(text, self.href("exports"), is_done=is_done, hint=hint)

    def sent(self) -> Task:
        if self._is_nil:
            return Task("Tell the gateway that there is nobody to report", self.href("exports"), "To do", "blue")
        text = "Send the file to the gateway"
        if self.export is None:
            return Task(text, "", NOT_YET, hint="After the file is made")
        sent = self.export.sent_at
        if sent and self.export.version != self.at.school_return.version:
            return Task(text, self.href("exports"), "To send again", "blue", f"Changed since {date_words(sent)}")
        hint = f"Sent on {date_words(sent)}" if sent else "Then record it here"
        return as_task(text, self.href("exports"), is_done=sent is not None, hint=hint)

    @property
    def _is_latest_sent(self) -> bool:
        export = self.export
        return export is not None and bool(export.sent_at) and export.version == self.at.school_return.version

    @property
    def _is_nil(self) -> bool:
        return bool(self.at.school_return.nil_reason) and not self.records.reported

    def state(self) -> str:
        """Return how the return stands, in the words that people use."""
        stage = self.at.school_return.stage
        if stage == Stage.SENT and not self._is_latest_sent:
            return "Sent, and changed since"
        if stage != "open":
            return stage.capitalize()
        if self.signing.whole.signed:
            return "Signed"
        if self._is_nil:
            return "A nil return"
        if not self.records.pupils:
            return "Not started"
        return "Incomplete" if before_signing(self.records, None) else "Ready to sign"
