"""A class of seventeen, made up, that meets every rule of the measures. The tests beside it work it out by hand."""

from keystage.measures import Counts, Measured, count
from keystage.pupils.characteristics import Characteristics
from keystage.returns.results import TestResult
from keystage.years import CollectionYear, Subject, Test, load

YEAR: CollectionYear = load(2026)

CLASS = """
     reading  maths    gps      writing science  sex disadvantaged sen     language month
Ada  AS112    AS110    AS115    GDS     EXS      F   no            none    english  9
Ben  AS100    AS109    NS99     EXS     EXS      M   yes           none    english  12
Cyn  AS110    AS109    AS104    GDS     EXS      F   no            none    other    1
Dev  NS99     AS101    AS100    EXS     HNM      M   yes           support english  4
Eve  N        NS85     B        WTS     HNM      F   yes           support english  5
Fin  A        A        A        A       A        M   no            none    english  8
Gus  B        B        B        PK3     HNM      M   yes           plan    other    6
Hal  U        AS103    AS120    EXS     EXS      M   no            plan    english  10
Ina  J        J        J        EM      HNM      F   -             -       other    -
Jon  L        L        L        L       L        M   no            none    english  2
Kit  M        AS100    AS111    EXS     EXS      F   no            none    english  3
Lou  Q        NS98     NS97     WTS     EXS      F   yes           support english  7
Max  F        F        F        F       F        M   no            none    english  11
Nia  -        -        -        -       -        -   -             -       -        9
Oz   AS       AS114/CA 105      EXS     EXS      M   no            none    english  1
Pam  P        P        P        P       P        F   no            none    english  5
Roy  AS120/CB AS111    H        GDS     -        M   no            none    english  8
"""
"""An outcome with its scaled score: ``AS`` is one without a score, ``105`` a score without an outcome,
``-`` is nothing; ``/CA`` and ``/CB`` are markers of special consideration."""

_YES = {"yes": True, "no": False, "-": None}


def a_class() -> list[Measured]:
    """Return the class as the measures see it."""
    return [_pupil(line.split()) for line in CLASS.strip().splitlines()[1:]]


def counted() -> dict[str, Counts]:
    """Return the class counted, by group."""
    return count(a_class(), YEAR)


def a_pupil(reading: str = "-", writing: str = "-", maths: str = "-", *, sex: str = "-") -> Measured:
    """Return a pupil by a few cells of a class."""
    return _pupil(["Ann", reading, maths, "-", writing, "-", sex, "-", "-", "-", "-"])


def _pupil(cells: list[str]) -> Measured:
    _, reading, maths, gps, writing, science, sex, disadvantaged, sen, language, month = cells
    tests = {Test.READING: reading, Test.MATHS: maths, Test.GPS: gps}
    codes = {Subject.WRITING: writing, Subject.SCIENCE: science}
    return Measured(
        {test: _result(cell) for test, cell in tests.items() if cell != "-"},
        {subject: code for subject, code in codes.items() if code != "-"},
        _said(sex),
        None if month == "-" else int(month),
        Characteristics(_YES[disadvantaged], _said(sen), _said(language)),
    )


def _said(cell: str) -> str:
    return "" if cell == "-" else cell


def _result(cell: str) -> TestResult:
    both, _, special = cell.partition("/")
    outcome = both.rstrip("0123456789")
    score = both[len(outcome) :]
    return TestResult(None, int(score) if score else None, outcome, special=special)
