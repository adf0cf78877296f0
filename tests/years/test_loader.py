"""Each kind of fault in a year's file is refused, at its line."""

import time

import pytest

from keystage import years
from keystage.years import YearFileInvalid
from keystage.years.loader import _load

HERE = "# here"

# What is changed in 2026.toml, what it becomes, a text on the line at fault, and what the refusal says. Where the
# change carries the mark # here, that is the line.
FAULTS = [
    ('status = "closed"', 'status = "shut"', 'status = "shut"', "`status` is 'shut'."),
    ('short_name = "NCA Portal"', 'shortname = "NCA Portal"', "[gateway]", "`short_name` is missing"),
    ('operator = "Pearson"', 'operator = "Pearson"\ncolour = "blue"', "colour", "`colour` is not known here."),
    ('operator = "Pearson"', "operator = 3", "operator = 3", "`operator` is 3."),
    ('operator = "Pearson"', 'operator = " "', 'operator = " "', "`operator` is empty."),
    ('source = "gov-nca-portal"', 'source = "nowhere"', '"nowhere"', "The source 'nowhere' is not listed."),
    ('basis = "official"', 'basis = "hearsay"', '"hearsay"', "`basis` is 'hearsay'."),
    ('version = "25.0"', 'version = "25"', 'version = "25"', "`version` is '25'."),
    ("[ctf.destination]", "[ctf.destiny]", "[ctf]", "`destination` is missing"),
    ("date = 2026-06-26", 'date = "26 June"', "26 June", "`date` is '26 June'."),
    ("date = 2026-06-26", "date = 2026-06-26T00:00:00", "2026-06-26T00", "`date` is"),
    ("date = 2026-06-26", "date = 2062-06-26", "2062-06-26", "2062-06-26 is not in the collection year 2026."),
    ("date = 2026-06-26", "date = 2026-05-17", "date = 2026-05-17", "`ta_opens` comes after `ta_deadline`."),
    ('key = "ta_deadline"', 'key = "ta_opens"  # here', HERE, "The date `ta_opens` stands twice."),
    ("time = 09:00:00", "time = 9", "time = 9", "`time` is 9."),
    (
        '{ code = "HNM",',
        '{ code = "EXS",',
        "has not met the expected standard",
        "The code `EXS` stands twice in science.",
    ),
    ('{ code = "GDS", kind = "standard"', '{ code = "GDS", kind = "fine"', '"fine"', "`kind` is 'fine'."),
    ("[codes.science]", "[codes.history]", "[codes.reading]", "`science` is missing"),
    ('pattern = "W|[1-6][ABC]?"', 'pattern = "W|[1-6"', 'pattern = "W|[1-6"', "`pattern` cannot be read"),
    ('examples = ["W", "4", "2B"]', 'examples = ["X"]', 'examples = ["X"]', "`examples` is ['X']."),
    ('[[retired]]\ncodes = ["BLW"]', "[[retired]]  # here\ncodes = []", HERE, "No code is named."),
    ('subjects = ["reading", "maths"]', 'subjects = ["maths", 4]', '"maths", 4', "`subjects` holds 4."),
    ('"H", "M", "Q"]', '"H", "M", "X"]', '"M", "X"]', "`X` is not a test outcome."),
    ('statuses = ["below"]', 'statuses = ["above"]', '"above"', "`statuses` holds 'above'."),
    ('statuses = ["below"]', 'statuses = ["below", "below"]  # here', HERE, "reading for `below` is ruled twice."),
    (
        'subjects = ["reading", "writing", "maths", "science"]\nstatuses',
        'subjects = ["writing"]\nstatuses',
        "[[owed]]",
        "Nothing says what reading",
    ),
    (
        '{ word = "below", letter',
        '{ word = "registered", letter',
        'meaning = "works below',
        "The status `registered` stands twice.",
    ),
    ('{ word = "unregistered"', '{ word = "gone"', '"gone"', "`word` is 'gone'."),
    ("max_mark = 50", "max_mark = 50.0", "max_mark = 50.0", "`max_mark` is 50.0."),
    ("max_mark = 50", "max_mark = true", "max_mark = true", "`max_mark` is True."),
    ("min_mark_for_score = 3", "min_mark_for_score = 0", "min_mark_for_score = 0", "0 of 50 marks cannot be."),
    (
        'tied to a year"\nlist = [\n',
        'tied to a year"\nlist = [  # here\n  { key = "x", name = "x", marks = 5 },\n',
        HERE,
        "The papers carry 75",
    ),
    ("raw_for_100 = 25", "raw_for_100 = 40  # here", HERE, "The thresholds are [40, 39, 47]."),
    ('code = "NS"', 'code = "AS"  # here', HERE, "The outcome `AS` stands twice."),
    ('effect = "achieved"', 'effect = "good"', '"good"', "`effect` is 'good'."),
    ("in_average = true", 'in_average = "yes"', 'in_average = "yes"', "`in_average` is 'yes'."),
    ('code = "CB"', 'code = "CA"  # here', HERE, "The marker `CA` stands twice."),
    ("[rows.ta.maths]", "[rows.ta.math]", "[rows.ta.writing]", "`maths` is missing"),
    ('"R", qualifier = "NS" },', '"R", qualifier = "NM" },  # here', HERE, "The row KS2 ENG TT REA NM stands twice."),
    (
        '"DOB", "Birth date"',
        '"DOB", "surname "',
        '"DOB", "surname "',
        "The heading 'surname ' names both surname and birth_date.",
    ),
    ('status = "closed"', "", "# The collection year", "`status` is missing"),
]


def _line(text, needle):
    return next((number for number, line in enumerate(text.splitlines(), start=1) if needle in line), None)


@pytest.mark.parametrize(("old", "new", "at", "wrong"), FAULTS)
def test_a_fault_is_refused_at_its_line(edited, old, new, at, wrong):
    folder = edited("2026.toml", old, new)
    with pytest.raises(YearFileInvalid) as refusal:
        years.load(2026, years_dir=folder)
    assert refusal.value.wrong.startswith(wrong)
    assert refusal.value.line == _line((folder / "2026.toml").read_text("utf-8"), at)
    assert refusal.value.file == folder / "2026.toml"
    assert refusal.value.expected


@pytest.mark.parametrize(
    ("stated", "wrong"),
    [
        ("owed = []", "Nothing says what reading owes"),
        ("codes.science.list = []", "science has no codes."),
        ("dates = [3]", "`dates` holds 3."),
        ('registration.pupil = [{ word = "left", meaning = "gone" }]', "`pupil` lacks registered, unregistered."),
    ],
)
def test_a_draft_that_empties_a_part_is_refused_at_its_line(tmp_path, stated, wrong):
    (tmp_path / "2028.toml").write_text(
        f'year = 2028\nstatus = "draft"\ncarried_from = 2026\n{stated}\n[sources]\n', "utf-8"
    )
    with pytest.raises(YearFileInvalid) as refusal:
        years.load(2028, years_dir=tmp_path)
    assert refusal.value.wrong.startswith(wrong)
    assert refusal.value.line == 4


def test_a_refusal_reads_as_file_line_fault_and_what_is_expected(edited):
    folder = edited("2026.toml", 'operator = "Pearson"', "operator = 3")
    with pytest.raises(YearFileInvalid) as refusal:
        years.load(2026, years_dir=folder)
    line = refusal.value.line
    assert str(refusal.value) == (
        f"{folder / '2026.toml'}, line {line}: `operator` is 3. Expected: text in quotation marks."
    )


@pytest.mark.parametrize("year", years.held())
def test_a_shipped_year_loads_fast(year):
    def took():
        start = time.perf_counter()
        _load(year, None)
        return time.perf_counter() - start

    assert min(took() for _ in range(3)) < 0.1  # the aim is 15 ms; a loaded machine may take several times as long
