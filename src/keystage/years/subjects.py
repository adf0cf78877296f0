"""The subjects that teachers judge and the tests that pupils sit."""

from enum import StrEnum


class Subject(StrEnum):
    """A subject of the teacher assessment return."""

    READING = "reading"
    WRITING = "writing"
    MATHS = "maths"
    SCIENCE = "science"


class Test(StrEnum):
    """A national curriculum test; `gps` is English grammar, punctuation and spelling."""

    __test__ = False  # pytest takes every class named Test for a class of tests

    READING = "reading"
    MATHS = "maths"
    GPS = "gps"
