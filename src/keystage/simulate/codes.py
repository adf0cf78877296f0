"""The checks that a made-up fault may set off: their names and what follows from them.

Written down here a second time, from the design, because the manifest is to be a witness of its own; a test holds it
against the catalogue.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Code(NamedTuple):
    """What the design says of a check."""

    slug: str
    severity: str


_TEXT = """
F01 unreadable error
F02 not-a-ctf error
F03 unsafe-xml error
F04 wrong-encoding error
F05 file-name info
F06 file-name-disagrees query
F07 no-teacher-assessment error
F08 too-large error
F09 several-schools error
F10 unknown-column query
F11 column-missing error
H01 version error
H02 source-school error
H03 destination error
H04 document-qualifier error
H05 academic-year error
H06 date-time query
H07 old-tag query
H08 document-name query
P01 upn-format error
P02 upn-check-letter error
P03 upn-temporary query
P04 upn-duplicate error
P05 same-person-twice query
P06 name-missing error
P07 birth-date error
P08 age-unusual query
P09 sex-missing error
P10 upn-la-unknown query
J01 missing error
J03 code-not-valid error
J04 two-results error
J06 science-below-standard query
J07 left-in-one-subject error
J08 engagement-model-mixed query
J09 future-or-past-in-one-subject query
J10 wrong-year error
J11 test-results-in-file info
J12 other-assessments info
J13 unknown-row query
J14 result-date query
J15 tidied info
C01 pupil-missing error
C02 pupil-not-expected query
C03 identity-differs query
C04 probably-same-pupil query
C06 left-but-assessed query
C07 below-without-judgement error
C08 sitting-with-judgement query
C09 future-or-previous query
C10 moderated-differs error
D01 pupil-dropped query
D02 judgement-changed info
D03 already-sent info
D04 older-file query
R01 unmatched query
R02 score-range error
R03 score-table query
R04 outcome-score error
R05 below-without-ta query
R06 ta-differs query
"""

CODES: Mapping[str, Code] = MappingProxyType(
    {code: Code(slug, severity) for code, slug, severity in (line.split() for line in _TEXT.split("\n") if line)}
)
"""Every check that can be seeded, by its code. C05 (numbers) is said of every return and never seeded; the
signatures (S) are in no file."""
