"""Documents made to do harm: refused unread, and nothing outside the file is ever opened."""

import sys
import time
from contextlib import suppress

import pytest

from ctf.made import ctf, pupil, refusal, row
from keystage.ctf import read
from keystage.ctf.repair import repair
from keystage.returns.refused import FileRefused
from keystage.years import load

LAUGHS = '<!DOCTYPE lolz [<!ENTITY l "ha">' + "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1 or str()};" * 10}">' for n in range(1, 10)
)

DANGEROUS = {
    "a bare document type": "<!DOCTYPE CTfile>\n<CTfile/>",
    "a document type elsewhere": "<!DOCTYPE CTfile SYSTEM 'http://127.0.0.1:9/x.dtd'>\n<CTfile/>",
    "billion laughs": f"{LAUGHS}]>\n<CTfile><Header><SupplierID>&l9;</SupplierID></Header></CTfile>",
    "an external entity": "<!DOCTYPE c [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\n<CTfile>&x;</CTfile>",
    "a parameter entity": "<!DOCTYPE c [<!ENTITY % x SYSTEM 'http://127.0.0.1:9/'> %x;]>\n<CTfile/>",
}


@pytest.mark.parametrize("text", DANGEROUS.values(), ids=DANGEROUS)
@pytest.mark.parametrize("before", ["", "<?xml version='1.0'?>\n", "<!-- a\n -->\n"])
def test_a_document_type_is_refused_at_its_line(text, before):
    refused = refusal(before + text)
    assert (refused.code, refused.line) == ("F03", before.count("\n") + 1)
    assert "It was not read." in refused.what


@pytest.mark.parametrize("text", DANGEROUS.values(), ids=DANGEROUS)
def test_a_document_type_is_never_repaired(text):
    with pytest.raises(FileRefused) as caught:
        repair(text.encode(), lambda year: load(year or 2026))
    assert caught.value.code == "F03"


def test_no_file_and_no_address_is_opened_for_a_document(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    uri = secret.as_uri()
    texts = [
        *DANGEROUS.values(),
        f"<!DOCTYPE c [<!ENTITY x SYSTEM '{uri}'>]>\n<CTfile><Header><SupplierID>&x;</SupplierID></Header></CTfile>",
        f"<?xml version='1.0'?><?xml-stylesheet href='{uri}'?><CTfile xmlns='{uri}'/>",
        f"<CTfile xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='{uri}' parse='text'/></CTfile>",
    ]
    opened = []
    watching = True

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if watching and (event in ("open", "urllib.Request") or event.startswith("socket.")):
            opened.append((event, arguments))

    sys.addaudithook(watch)
    for text in texts:
        with suppress(FileRefused):
            assert "secret" not in repr(read(text.encode()).header)
    watching = False
    assert opened == []


def test_an_entity_that_was_never_declared_is_no_entity():
    assert refusal(ctf(pupil(row("&x;")))).code == "F01"


def test_harm_is_refused_at_once():
    began = time.process_time()
    for text in DANGEROUS.values():
        refusal(text)
    assert time.process_time() - began < 1
