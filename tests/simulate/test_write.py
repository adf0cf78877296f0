import json
import os
import subprocess
import sys

import pytest

from keystage import ctf
from keystage.ctf.to_return import to_return
from keystage.returns.fingerprint import fingerprint
from keystage.sheets import read_register
from keystage.sheets.registration import RegistrationReading
from keystage.simulate import DialectUnknown, Plan, a_file, a_register, a_return, make_school, simulate
from keystage.years import load

YEAR = load(2026)


def files_in(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    out = tmp_path_factory.mktemp("authority")
    made = simulate(out, schools=12, year=YEAR, seed=5, faults=0.05, results=True, previous=True)
    return out, made


def test_the_same_seed_gives_the_same_folder(authority, tmp_path):
    out, _ = authority
    simulate(tmp_path, schools=12, year=YEAR, seed=5, faults=0.05, results=True, previous=True)
    assert files_in(tmp_path) == files_in(out)


def test_another_seed_gives_another():
    assert make_school(Plan(YEAR, seed=5), 0).file != make_school(Plan(YEAR, seed=6), 0).file


def test_a_school_can_be_made_alone(authority):
    out, _ = authority
    made = make_school(Plan(YEAR, seed=5, faults=0.05, results=True, previous=True), 7)
    assert (out / "returns" / made.file_name).read_bytes() == made.file
    assert (out / "registers" / "9992007_register.csv").read_text("utf-8") == made.register_csv


def test_the_national_file_has_every_schools_results_and_groups_under_one_row_of_headings(authority):
    out, _ = authority
    headings, *rows = (out / "results.csv").read_text("utf-8").splitlines()
    schools = [path.read_text("utf-8").splitlines() for path in sorted((out / "results").iterdir())]
    assert {f"{each[0]},DISADVANTAGED,SEN,FIRSTLANGUAGE" for each in schools} == {headings}
    assert [row.rsplit(",", 3)[0] for row in rows] == [row for each in schools for row in each[1:]]
    assert {row.rsplit(",", 3)[1] for row in rows} == {"Y", "N", ""}


def test_without_results_there_is_no_national_file(tmp_path):
    simulate(tmp_path, schools=1, year=YEAR, seed=5)
    assert not (tmp_path / "results.csv").exists()


def test_nothing_depends_on_the_order_of_sets():
    code = (
        "import hashlib; from keystage.simulate import Plan, make_school; from keystage.years import load;"
        "made = [make_school(Plan(load(2026), seed=5, faults=0.3, results=True), n) for n in range(3)];"
        "all = repr([(m.file, m.register_csv, m.results_csv, m.faults) for m in made]);"
        "print(hashlib.sha256(all.encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_the_manifest_counts_and_lists(authority):
    out, made = authority
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert list(manifest) == [
        *("keystage", "year", "seed", "today", "schools", "pupils", "dialects"),
        *("faults", "also", "results_faults"),
    ]
    assert (manifest["year"], manifest["seed"], manifest["schools"]) == (2026, 5, 12) == (2026, 5, made.schools)
    assert manifest["pupils"] == made.pupils
    assert sum(manifest["dialects"].values()) == 12
    assert made.faults == len(manifest["faults"]) + len(manifest["results_faults"]) > 20
    assert set(manifest["faults"][0]) == {
        *("file", "school", "code", "slug", "severity", "upn", "pupil", "subject", "value", "line")
    }
    assert all((out / entry["file"]).is_file() for entry in manifest["faults"] + manifest["results_faults"])


def test_the_folder_is_laid_out_by_what_files_are(authority):
    out, _ = authority
    names = {name: len(list((out / name).iterdir())) for name in ("returns", "registers", "results")}
    assert names == {"returns": 12, "registers": 12, "results": 12}
    assert any((out / "previous").iterdir())
    for path in (out / "registers").iterdir():
        read_register(path, YEAR)


def test_the_registers_of_all_schools_stand_in_one_file_too(authority):
    out, _ = authority
    with (out / "registration.csv").open("rb") as source:
        rows = list(RegistrationReading(source, YEAR))
    assert {row.school for row in rows} == {f"999{2000 + index}" for index in range(12)}
    for index in (0, 7):
        alone = read_register(out / "registers" / f"999{2000 + index}_register.csv", YEAR)
        assert tuple(row.pupil for row in rows if row.school == f"999{2000 + index}") == alone.pupils


def test_nothing_is_made_that_was_not_asked_for(tmp_path):
    made = simulate(tmp_path / "new", schools=1, year=YEAR, seed=1)
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [
        *("manifest.json", "registers", "registration.csv", "returns")
    ]
    assert made.faults == 0


def test_progress_is_told_after_each_school(tmp_path):
    told = []
    simulate(tmp_path, schools=3, year=YEAR, seed=1, progress=told.append)
    assert told == [1, 2, 3]


def test_one_dialect_can_be_asked_for(tmp_path):
    assert simulate(tmp_path, schools=3, year=YEAR, seed=1, dialect="tabs").dialects == {"tabs": 3}


def test_a_dialect_that_is_not_there_makes_no_folder(tmp_path):
    with pytest.raises(DialectUnknown):
        simulate(tmp_path / "new", schools=1, year=YEAR, seed=1, dialect="klingon")
    assert not (tmp_path / "new").exists()


def test_a_return_in_memory_is_what_its_file_says():
    file = ctf.read(a_file(pupils=30, dialect="history", seed=4))
    read = to_return(file, YEAR)
    made = a_return(pupils=30, dialect="history", seed=4)
    assert len(made.pupils) == 30
    assert fingerprint(read) == fingerprint(made)
    assert [pupil.upn for pupil in made.pupils] == [pupil.upn for pupil in read.pupils]


def test_a_register_goes_with_its_file():
    upns = {pupil.upn for pupil in a_return(pupils=30, seed=4).pupils}
    assert upns <= {pupil.upn for pupil in a_register(pupils=30, seed=4).pupils}
