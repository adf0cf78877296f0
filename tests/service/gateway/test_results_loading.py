"""A national results file is kept, taken apart, checked school by school; worked by hand on two schools."""

from io import BytesIO

import pytest

from keystage.service.config.refusals import NotAllowedNow
from keystage.service.demo.results import SchoolToResult, national_csv
from keystage.service.events.kinds import Kind
from keystage.service.events.models import Event
from keystage.service.files.store import get, pieces_of, put_pieces
from keystage.service.gateway.models import ReceivedFile, Release, ReleaseStage, SchoolResults
from keystage.service.gateway.register import register_of, registered_of
from keystage.service.gateway.services.results_checking import check_schools
from keystage.service.gateway.services.results_loading import expected_without, split
from keystage.service.gateway.services.results_releasing import start_again, withdraw
from keystage.years import load as load_year
from service.at_gateway import Gateway, SchoolThere, a_gateway, a_school_there, send
from service.at_results import GOOD, HEAD, fresh, loaded, national, operator, row


@pytest.fixture
def gateway(db: None) -> Gateway:
    return a_gateway()


@pytest.fixture
def there(gateway: Gateway) -> SchoolThere:
    return a_school_there(gateway)


@pytest.fixture
def other(gateway: Gateway) -> SchoolThere:
    return a_school_there(gateway, number="9982001", name="Ottermere Primary School", pupils=0)


def test_the_file_is_kept_whole_and_each_school_gets_its_part(gateway: Gateway, there: SchoolThere) -> None:
    content = national(there)
    release = loaded(gateway, content)
    assert release.stage == ReleaseStage.CHECKED
    assert get(release.file.sha256) == content
    (part,) = SchoolResults.objects.filter(release=release)
    assert (part.number, part.pupils, part.gateway_return_id) == ("9992001", 3, there.gateway_return.pk)
    assert get(part.sha256).replace(b"\r\n", b"\n") == content


def test_the_numbers_are_those_of_the_file(gateway: Gateway, there: SchoolThere) -> None:
    release = loaded(gateway, national(there) + b"123,4567,Z1,Nobody,Known,,F,,,,,,,,,,,\n")
    assert (release.schools, release.pupils, release.done, release.total) == (2, 4, 2, 2)
    assert (release.errors, release.queries) == (0, 0)
    assert SchoolResults.objects.get(release=release, gateway_return=None).number == "1234567"


def test_results_are_checked_against_the_register_and_the_return_that_was_sent(
    gateway: Gateway, there: SchoolThere
) -> None:
    send(there)
    first, second, _ = there.pupils
    lines = HEAD + row("9992001", first, GOOD.replace("EXS,EXS", "GDS,EXS")) + row("9992001", second)
    release = loaded(gateway, lines.encode())
    (part,) = SchoolResults.objects.filter(release=release)
    assert [each["code"] for each in part.report["findings"]] == ["R01", "R06"]
    assert release.by_check["R06"] == {
        "severity": "query", "summary": release.by_check["R06"]["summary"], "findings": 1, "schools": 1,
    }  # fmt: skip
    assert (release.errors, release.queries) == (0, 2)


def test_a_score_that_cannot_be_is_an_error_of_its_school(gateway: Gateway, there: SchoolThere) -> None:
    release = loaded(gateway, national(there, results=GOOD.replace("25,100", "25,130")))
    assert release.by_check["R02"]["findings"] == 3
    assert SchoolResults.objects.get(release=release).errors == release.errors == 3


def test_schools_that_are_expected_and_have_no_results_are_known(
    gateway: Gateway, there: SchoolThere, other: SchoolThere
) -> None:
    a_school_there(gateway, number="9972001", name="Kestlebrook Primary School", pupils=0)
    other.gateway_return.expected = 2
    other.gateway_return.save()
    release = loaded(gateway, national(there))
    assert [each.number for each in expected_without(release)] == ["9982001"]


def test_rows_that_cannot_be_used_are_said_with_their_lines_and_nothing_is_used(
    gateway: Gateway, there: SchoolThere
) -> None:
    release = loaded(gateway, national(there) + b",,X,No,School,,F,,,,,,,,,,,\n")
    assert release.stage == ReleaseStage.REFUSED
    assert release.notes == [{"line": 5, "what": "The row names no school."}]
    assert release.fault.startswith("1 row cannot be used, so nothing of the file was.")
    assert not SchoolResults.objects.exists()


def test_a_file_that_is_something_else_is_refused_in_words_and_kept(gateway: Gateway) -> None:
    release = loaded(gateway, b"%PDF-1.7", "wrong.pdf")
    assert (release.stage, release.fault.startswith("This is not a spreadsheet.")) == (ReleaseStage.REFUSED, True)
    assert get(release.file.sha256) == b"%PDF-1.7"


def test_after_a_refused_file_another_can_be_loaded(gateway: Gateway, there: SchoolThere) -> None:
    loaded(gateway, b"%PDF-1.7")
    assert loaded(gateway, national(there)).serial == 2


def test_while_results_wait_for_their_release_no_others_are_loaded(gateway: Gateway, there: SchoolThere) -> None:
    first = loaded(gateway, national(there))
    with pytest.raises(NotAllowedNow, match="not released yet"):
        loaded(gateway, national(there))
    assert Release.objects.count() == ReceivedFile.objects.count() == 1
    withdraw(first, gateway.agency, "The wrong file.", by=operator(gateway))
    assert loaded(gateway, national(there)).stage == ReleaseStage.CHECKED


def test_it_is_written_down_who_loaded_what(gateway: Gateway, there: SchoolThere) -> None:
    release = loaded(gateway, national(there))
    event = Event.objects.get(kind=Kind.RESULTS_LOADED)
    assert (event.person, event.target, event.data["file"]) == (operator(gateway), release.key, "national.csv")
    assert Event.objects.get(kind=Kind.RESULTS_CHECKED).data["pupils"] == 3


def test_every_piece_of_work_can_be_done_twice(gateway: Gateway, there: SchoolThere) -> None:
    release = loaded(gateway, national(there))
    before = list(SchoolResults.objects.values())
    split.call(release.key)
    check_schools.call(release.key, ["9992001"])
    assert list(SchoolResults.objects.values()) == before
    assert Event.objects.filter(kind=Kind.RESULTS_CHECKED).count() == 1


def test_work_that_was_lost_with_its_worker_is_started_again(gateway: Gateway, there: SchoolThere) -> None:
    release = loaded(gateway, national(there))
    for lost in ({"total": 0, "done": 0}, {"done": 0}):
        SchoolResults.objects.update(checked_at=None)
        Release.objects.update(stage=ReleaseStage.LOADING, **lost)
        start_again(fresh(release))
        now = fresh(release)
        assert (now.stage, now.done, now.total) == (ReleaseStage.CHECKED, 1, 1)


def test_what_is_all_checked_and_was_only_not_counted_is_counted(gateway: Gateway, there: SchoolThere) -> None:
    release = loaded(gateway, national(there))
    Release.objects.update(stage=ReleaseStage.LOADING, done=0)
    start_again(fresh(release))
    assert fresh(release).stage == ReleaseStage.CHECKED


def test_a_school_that_has_no_register_is_not_said_to_have_strangers(gateway: Gateway, there: SchoolThere) -> None:
    content = national(there)
    for each in there.pupils:
        each.delete()
    assert loaded(gateway, content).queries == 0


def test_the_store_takes_a_large_file_in_pieces(db: None) -> None:
    content = b"0123456789" * 300_000
    sha256, size = put_pieces(pieces_of(BytesIO(content)))
    assert (get(sha256), size) == (content, 3_000_000)
    assert put_pieces(pieces_of(BytesIO(content))) == (sha256, size)


def test_the_demonstrations_results_are_clean(gateway: Gateway, there: SchoolThere) -> None:
    send(there)
    there.pupils[0].maths = "below"
    there.pupils[0].save()
    school = SchoolToResult("9992001", register_of(registered_of(there.gateway_return)))
    content = national_csv([school], load_year(2026))
    assert content == national_csv([school], load_year(2026))
    release = loaded(gateway, content)
    assert (release.stage, release.pupils, release.errors) == (ReleaseStage.CHECKED, 3, 0)
    assert set(release.by_check) <= {"R05"}, "the pupil below the standard has no teacher assessment here"
