"""The services on PostgreSQL: the same tests as on SQLite, on a server of the tests' own."""

from pathlib import Path

from service.on_postgresql import run

HERE = Path(__file__).parent
SERVICES = (
    *("school/test_judgements.py", "school/test_pupils.py", "school/test_queries.py", "school/test_signing.py"),
    *("school/test_exports.py", "school/test_sent.py", "school/test_incoming_judgements.py"),
    *("school/test_incoming_register.py", "school/test_incoming_roll.py", "accounts/test_people.py"),
    *(
        "events/test_append_only.py",
        "events/test_erasing.py",
        "personal/test_school_pupil.py",
        "accounts/test_tokens.py",
        "work/test_left_behind.py",
    ),
    *("api/test_files.py", "api/test_others.py", "api/test_who_may.py", "gateway/test_submissions.py"),
    *("gateway/test_deciding.py", "gateway/test_removing.py", "gateway/test_hostile_files.py"),
)


def test_the_services_do_the_same_on_postgresql(postgresql: str) -> None:
    done = run(postgresql, ["-q", "-n", "0", "--durations=5", *(str(HERE / each) for each in SERVICES)])
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert " passed" in said
    assert " skipped" not in said
