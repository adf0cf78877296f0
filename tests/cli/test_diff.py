"""``keystage diff``: what changed between two returns."""

from cli.made import ADA, BEN, CAI, CLASS, DEE, GOOD_NAME, as_json, ctf, keystage, put, with_codes


def test_every_change_is_listed(tmp_path):
    old = put(tmp_path, "old.xml", ctf(ADA, BEN, CAI))
    renamed = (BEN[0], "Sampler", *BEN[2:])
    new = put(tmp_path, "new.xml", ctf(with_codes(ADA, WRI="GDS", SCI=""), renamed, DEE))
    assert (
        keystage("diff", old, new, COLUMNS="300").stdout
        == f"""\
1 pupil added, 1 pupil dropped, 1 detail changed, 2 judgements changed
Before: {old}, 3 pupils
After:  {new}, 3 pupils

Added (1)
  Specimen, Dee (G999999919004)

Dropped (1)
  Pattern, Cai (T999999919003)

Details changed (1)
  Sampler, Ben (D999999919002): surname Sample → Sampler

Judgements changed (2)
  Example, Ada (P999999919001): writing EXS → GDS
  Example, Ada (P999999919001): science EXS → nothing
"""
    )


def test_order_and_the_files_own_date_do_not_count(tmp_path):
    old = put(tmp_path, "old.xml", ctf(*CLASS))
    new = put(tmp_path, "new.xml", ctf(*reversed(CLASS), made="2026-06-13T10:00:00"))
    result = keystage("diff", old, new)
    assert result.stdout.startswith("No difference in pupils or judgements.\n")
    found = as_json("diff", old, new)
    assert found["same"]
    assert found["fingerprint"][0] == found["fingerprint"][1]


def test_json_has_every_change(tmp_path):
    old, new = put(tmp_path, "old.xml", ctf(ADA)), put(tmp_path, "new.xml", ctf(with_codes(ADA, SCI=""), BEN))
    found = as_json("diff", old, new)
    assert not found["same"]
    assert found["added"] == [{"upn": "D999999919002", "pupil": "Sample, Ben"}]
    change = {"upn": "P999999919001", "pupil": "Example, Ada", "subject": "science", "from": "EXS", "to": None}
    assert found["judgements"] == [change]


def test_other_schools_and_years_are_said(tmp_path):
    old = put(tmp_path, "old.xml", ctf(ADA))
    new = put(tmp_path, "new.xml", ctf(ADA, school="9995678", year=2027))
    result = keystage("diff", old, new)
    assert "They are of different schools: 9991234 and 9995678.\n" in result.stdout
    assert "They are of different years: 2026 and 2027.\n" in result.stdout
    assert f"{new}: the rules for 2027 are a draft" in result.stderr
    assert not as_json("diff", old, new)["same"]


def test_a_change_is_no_error(tmp_path):
    assert keystage("diff", put(tmp_path, GOOD_NAME, ctf(ADA)), put(tmp_path, "b.xml", ctf(BEN))).exit_code == 0
