import pytest

from keystage.years.lines import line_of

TEXT = """\
# a comment with [brackets] = and quotes "
year = 2026
words = "text with # and [ and ] in it"
long = '''
first = 1
'''

[sources]
a = "one"

[[dates]]
key = "first"

[[dates]]
key = "second"     # the second
date = 2026-01-01

[dates.inner]
deep = true

[codes.writing]
list = [
  { code = "GDS", kind = "standard" },
  # a comment between rows
  { code = "EXS",
    kind = "standard" },
]
"quoted.key" = { written = "A, } ]", read = ["B", "C"] }
dotted.key = 1
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("year",), 2),
        (("words",), 3),
        (("long",), 4),
        (("sources",), 8),
        (("sources", "a"), 9),
        (("dates", 0), 11),
        (("dates", 0, "key"), 12),
        (("dates", 1), 14),
        (("dates", 1, "date"), 16),
        (("dates", 1, "inner", "deep"), 19),
        (("codes", "writing"), 21),
        (("codes", "writing", "list"), 22),
        (("codes", "writing", "list", 0, "code"), 23),
        (("codes", "writing", "list", 1), 25),
        (("codes", "writing", "list", 1, "kind"), 26),
        (("codes", "writing", "quoted.key", "read", 1), 28),
        (("codes", "writing", "dotted", "key"), 29),
    ],
)
def test_each_table_key_and_row_has_its_line(path, line):
    assert line_of(TEXT, path) == line


def test_what_is_absent_has_the_line_of_the_table_it_should_stand_in():
    assert line_of(TEXT, ("dates", 1, "event")) == 14


def test_what_stands_nowhere_has_the_first_line():
    assert line_of(TEXT, ("gateway", "name")) == 1
