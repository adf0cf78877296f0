"""What stands in a report for parents around the table of results, heading by heading."""

from collections.abc import Iterator
from dataclasses import dataclass

from keystage.papers.characters import Value
from keystage.papers.report_values import ParentReport, ReportsPaper
from keystage.papers.report_words import Words
from keystage.years.codes import Kind
from keystage.years.scores import EXPECTED, LEAST, MOST

HIGHER = 110
"""The scaled score from which one speaks of the higher standard."""


@dataclass(frozen=True, slots=True)
class Sections:
    """Makes what stands around one pupil's results."""

    paper: ReportsPaper
    words: Words
    report: ParentReport

    def facts(self) -> list[Value]:
        """Return what tells the pupil from others."""
        report, say = self.report, self.words.say
        facts = [
            say("class", name=report.class_name) if report.class_name else "",
            say("born", date=self.words.day(report.birth_date)) if report.birth_date else "",
            say("upn", upn=report.upn) if report.upn else "",
        ]
        return [fact for fact in facts if fact]

    def written(self) -> list[Value]:
        """Return what the teachers wrote: progress and achievements always, engagement where it is owed or written."""
        text = self.report.text
        sections = [("progress", text.progress), ("achievements", text.achievements)]
        if text.engagement.strip() or self.kinds & {Kind.ENGAGEMENT_MODEL}:
            sections.insert(1, ("engagement", text.engagement))
        return [self._section(key, words) for key, words in sections]

    def closing(self) -> list[Value]:
        """Return how to talk about the report, and what the headteacher says to every family."""
        sections = [self._section("talking", self.paper.arrangements)]
        if self.paper.head_words.strip() or self.paper.head_name.strip():
            words = "\n".join(each for each in (self.paper.head_words, self.paper.head_name) if each.strip())
            sections.append({**self._section("head", words)})
        return [*sections]

    def exempt(self) -> Value:
        """Return the subjects that the pupil is exempt from."""
        return self._section("exempt", self.report.text.exempt_from, nothing="exempt_none")

    def _section(self, key: str, text: str, nothing: str = "nothing_written") -> dict[str, Value]:
        lines = paragraphs(text)
        return {"heading": self.words.say(key), "lines": lines or [self.words.say(nothing)], "own": bool(lines)}

    def attendance(self) -> Value:
        """Return the sessions, each with its name; what is not recorded says so."""
        text, say = self.report.text, self.words.say
        facts = [
            (say("possible"), _shown(text.possible_sessions)),
            (say("attended"), self._attended()),
            (say("unauthorised"), _shown(text.unauthorised_absences)),
        ]
        lines: list[Value] = [[name, value or say("not_recorded")] for name, value in facts]
        return {"heading": say("attendance"), "facts": lines}

    def _attended(self) -> str:
        attended, possible = self.report.text.attended_sessions, self.report.text.possible_sessions
        if attended is None or not possible or attended > possible:
            return _shown(attended)
        percent = self.words.percent(attended, possible, places=1)
        return self.words.say("attended_share", attended=attended, percent=percent)

    @property
    def kinds(self) -> set[Kind]:
        """What sorts of judgement this pupil has."""
        tables = self.paper.frame.year.code_tables
        found = (tables[subject].find(code) for subject, code in self.report.judgements.items())
        return {each.kind for each in found if each}

    def about(self) -> list[Value]:
        """Return what the results mean, of the sorts that this pupil has."""
        return [*self._about()]

    def _about(self) -> Iterator[Value]:
        scale = {"least": LEAST, "most": MOST, "expected": EXPECTED, "higher": HIGHER}
        yield f"{self.words.say('about_scores', **scale)} {self.words.say('about_judgements')}"
        if Kind.PRE_KEY_STAGE in self.kinds:
            yield self.words.say("about_pre_key_stage")
        if Kind.ENGAGEMENT_MODEL in self.kinds:
            yield self.words.say("about_engagement")
        yield self.words.say("statutory")


def paragraphs(text: str) -> list[Value]:
    """Return a text's lines that hold something: each stands as a paragraph, in the writer's order."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _shown(value: int | None) -> str:
    return "" if value is None else str(value)
