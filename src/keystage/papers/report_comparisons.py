"""What stands beside the results of every pupil: how pupils of the same age did, in the school and in the country."""

from dataclasses import dataclass

from keystage.papers.characters import Value
from keystage.papers.report_values import Comparator, ReportsPaper
from keystage.papers.report_words import Words


@dataclass(frozen=True, slots=True)
class Comparisons:
    """Makes the figures, the same on each report. A column without any figure is left out, and that is said."""

    paper: ReportsPaper
    words: Words

    @property
    def columns(self) -> list[str]:
        """The columns there are figures for: ``school``, ``country``."""
        figures = [each for key, each in self.paper.comparators.items() if not key.startswith("rwm.")]
        return [column for column in ("school", "country") if any(getattr(each, column) for each in figures)]

    def cells(self, key: str) -> list[Value]:
        """Return what stands beside a result, for each column, in lines."""
        share = self.paper.comparators.get(f"{key}.expected", Comparator())
        average = self.paper.comparators.get(f"{key}.average", Comparator())
        missing = {"school": "not_worked_out", "country": "not_published"}
        return [self._lines(getattr(share, each), getattr(average, each), missing[each]) for each in self.columns]

    def _lines(self, share: str, average: str, missing: str) -> list[Value]:
        lines = [share or self.words.say(missing)]
        return [*lines, self.words.say("average", average=average)] if average else [*lines]

    def before(self) -> str:
        """Return what the figures are of; empty where there are none."""
        return self.words.say("same_age") if self.columns else ""

    def after(self) -> list[Value]:
        """Return the figure of three subjects together, what is not known, and where the country's come from."""
        missing = [self.words.say(f"{each}_not_out") for each in ("school", "country") if each not in self.columns]
        sentences = (self._all_three(), *missing, self.paper.national_status.strip())
        return [each for each in sentences if each]

    def _all_three(self) -> str:
        rwm = self.paper.comparators.get("rwm.expected", Comparator())
        known = (("of_school", rwm.school), ("of_country", rwm.country))
        figures = "; ".join(self.words.say(key, figure=figure) for key, figure in known if figure)
        return self.words.say("all_three", figures=figures) if figures else ""
