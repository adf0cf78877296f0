"""The fields of a report for parents, in words for the people who write it."""

from collections.abc import Mapping

from keystage.years.subjects import Test

FIELD_WORDS: Mapping[str, str] = {
    "progress": "General progress",
    "achievements": "Achievements",
    "engagement": "Account by area of engagement",
    "exempt_from": "Exempt from",
    "possible_sessions": "Possible sessions",
    "attended_sessions": "Sessions attended",
    "unauthorised_absences": "Unauthorised absences",
}
TEST_WORDS: Mapping[Test, str] = {
    Test.READING: "reading",
    Test.MATHS: "maths",
    Test.GPS: "grammar, punctuation and spelling",
}
