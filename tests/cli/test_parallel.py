"""Several processes: the same output in the same order, and a fault in one of them is told."""

import os

import pytest

from cli.made import ADA, CLASS, ctf, keystage, put, register, with_codes
from keystage.cli.parallel import each, jobs_for

TODAY = ("--today", "2026-06-20")


@pytest.fixture
def authority(tmp_path):
    """Forty schools with registers; every third has an error, and one file is no CTF."""
    for number in range(40):
        school = f"999{2000 + number}"
        pupils = [with_codes(ADA, SCI="")] if number % 3 == 0 else list(CLASS)
        put(tmp_path, f"{school}_KS2_NAALLLL_001.xml", ctf(*pupils, school=school) if number != 7 else "no XML")
        put(tmp_path, f"registers/{school}.csv", register(*pupils))
    return tmp_path


@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_the_output_is_the_same_for_any_number_of_processes(authority, form):
    words = ("check", authority, "--format", form, *TODAY)
    one = keystage(*words, "--jobs", 1)
    several = keystage(*words, "--jobs", 3)
    assert one.exit_code == several.exit_code == 1
    assert one.stdout.count("9992039_KS2_NAALLLL_001.xml") >= 1
    assert several.stdout == one.stdout


def _twice(number):
    return [number, number]


def _process(_number):
    return [os.getpid()]


def _breaks(number):
    if number == 30:
        raise ValueError("on purpose")
    return [number]


def _dies(*_):
    os._exit(9)


def test_work_comes_back_in_order_however_many_there_are():
    expected = [number for number in range(100) for _ in range(2)]
    for jobs in (1, 2, 5):
        assert list(each(_twice, range(100), jobs)) == expected


def test_several_processes_do_the_work():
    assert os.getpid() not in each(_process, range(40), 2)
    assert set(each(_process, range(40), 1)) == {os.getpid()}


def test_a_fault_comes_back():
    with pytest.raises(ValueError, match="on purpose"):
        list(each(_breaks, range(100), 2))


def test_a_process_that_is_killed_is_told(monkeypatch, authority):
    from keystage.checks.checking import Checking

    monkeypatch.setattr(Checking, "__call__", _dies)
    result = keystage("check", authority, "--jobs", 2)
    assert "A process that was checking files ended early" in result.stderr
    assert result.exit_code == 3


def test_more_processes_are_started_only_where_it_pays():
    assert jobs_for(49, None) == 1
    assert jobs_for(50, None) == os.cpu_count()
    assert jobs_for(3, 8) == 3
    assert jobs_for(0, 8) == 1
    assert jobs_for(1000, 2) == 2
