import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keystage.conformance.answers import NoAnswer, findings_in
from keystage.conformance.scoring import Key

FINDING = {"code": "J03", "upn": "P999999919001", "subject": "writing", "line": 57}
KEY = Key("J03", "P999999919001", "writing", 57)


@pytest.mark.parametrize(
    "values",
    [
        [FINDING],
        {"findings": [FINDING]},
        {"keystage": "0.1.0", "file": "a.csv", "findings": [FINDING], "summary": []},
        {"keystage": "0.1.0", "files": [{"file": "a.xml", "findings": [FINDING]}], "totals": {}},
    ],
)
def test_each_form_is_read(values):
    assert findings_in(json.dumps(values).encode()) == (KEY,)
    assert findings_in(b"\xef\xbb\xbf" + json.dumps(values).encode() + b"\r\n") == (KEY,)


@pytest.mark.parametrize("values", [[], {"findings": []}, {"files": [{"findings": []}]}])
def test_nothing_found_is_an_answer(values):
    assert findings_in(json.dumps(values).encode()) == ()


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        (b"", "it printed nothing"),
        (b" \n", "it printed nothing"),
        (b"all is well", "is no JSON"),
        (b"[{]", "is no JSON"),
        (b"[" * 200_000, "is no JSON"),
        (b'["caf\xe9"]', "is not UTF-8"),
        (b"3", "neither a list of findings nor an object that has one"),
        (b'{"errors": 2}', "neither a list of findings nor an object that has one"),
        (b'{"findings": {"code": "J03"}}', "neither a list of findings nor an object that has one"),
        (b'{"files": []}', "it says nothing of the file"),
        (b'{"files": [{"file": "a.xml"}]}', "a file in it has no findings"),
        (b'{"files": [7]}', "a file in it has no findings"),
        (b'["J03"]', "a finding is not an object"),
        (b'[{"code": "J03", "line": "57"}]', "the line of a finding is not a whole number"),
    ],
)
def test_what_is_no_answer_is_said(printed, words):
    with pytest.raises(NoAnswer, match=words):
        findings_in(printed)


NAMES = st.sampled_from(["files", "findings", "code", "upn", "subject", "line", "other"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
)


@given(st.binary() | JSON.map(lambda values: json.dumps(values).encode()))
def test_whatever_is_printed_is_an_answer_or_none(printed):
    with suppress(NoAnswer):
        findings_in(printed)
