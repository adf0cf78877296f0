"""A set of results in a few figures for each test: counts are kept, and rounding comes last."""

from collections import Counter
from dataclasses import dataclass

from keystage.returns.results import Results
from keystage.years.subjects import Test


@dataclass(frozen=True, slots=True)
class TestSummary:
    """What the results in one test come to."""

    __test__ = False  # no class of tests, whatever pytest makes of the name

    test: Test
    pupils: int
    """Pupils with any entry for the test."""
    outcomes: tuple[tuple[str, int], ...]
    """Each outcome code with its number of pupils, the commonest first; an empty code where none was given."""
    scores: int
    """Pupils with a scaled score."""
    sum_of_scores: int

    @property
    def average_score(self) -> float | None:
        """The mean of the scaled scores, over the pupils who have one; None where nobody has."""
        return self.sum_of_scores / self.scores if self.scores else None


def summarise(results: Results) -> tuple[TestSummary, ...]:
    """Count a set of results, test by test."""
    return tuple(_summary(results, test) for test in Test)


def _summary(results: Results, test: Test) -> TestSummary:
    held = [pupil.tests[test] for pupil in results.pupils if test in pupil.tests]
    outcomes = Counter(result.outcome for result in held)
    scores = [result.scaled for result in held if result.scaled is not None]
    ordered = sorted(outcomes.items(), key=lambda item: (-item[1], item[0]))
    return TestSummary(test, len(held), tuple(ordered), len(scores), sum(scores))
