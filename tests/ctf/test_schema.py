"""A second opinion from a schema that the user supplies."""

import pytest

from ctf.made import MTC
from keystage.ctf.schema import SchemaUnusable, second_opinion

XSD = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="CTfile"><xs:complexType>
<xs:sequence>{}</xs:sequence></xs:complexType></xs:element></xs:schema>"""
ANYTHING = XSD.format('<xs:any processContents="skip" maxOccurs="unbounded"/>')


@pytest.fixture
def schema(tmp_path):
    def write(text: str):
        path = tmp_path / "ctf.xsd"
        path.write_text(text)
        return path

    return write


def test_a_file_that_fits_is_said_to(schema):
    assert second_opinion(MTC, schema(ANYTHING)) == ("The schema ctf.xsd finds nothing wrong.",)


def test_a_fault_is_said_with_its_line(schema):
    (said,) = second_opinion(MTC, schema(XSD.format('<xs:element name="Header" type="xs:string"/>')))[:1]
    assert said.startswith("The schema ctf.xsd, line 3: ")


def test_many_faults_are_counted(schema, tmp_path):
    path = tmp_path / "x.xml"
    path.write_text("<CTfile>" + "<a b='1'/>" * 30 + "</CTfile>")
    text = XSD.format('<xs:element name="a" type="xs:string" maxOccurs="unbounded"/>')
    said = second_opinion(path, schema(text))
    assert len(said) == 21
    assert said[-1] == "… and 10 more from the schema."


@pytest.mark.parametrize("text", ["", "<a/>", "<xs:schema", XSD.format("<xs:element/>")])
def test_a_schema_that_is_none_is_refused(schema, text):
    with pytest.raises(SchemaUnusable, match="cannot be used as a schema"):
        second_opinion(MTC, schema(text))


def test_a_file_that_cannot_be_read_is_not_asked_about(schema, tmp_path):
    path = tmp_path / "x.xml"
    path.write_text("<CTfile>")
    assert second_opinion(path, schema(ANYTHING)) == ("The schema was not asked, as the file cannot be read.",)


def test_a_path_that_cannot_be_opened_is_the_callers(schema, tmp_path):
    with pytest.raises(FileNotFoundError):
        second_opinion(tmp_path / "none.xml", schema(ANYTHING))


def test_no_other_file_is_opened_for_a_document(schema, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    path = tmp_path / "x.xml"
    path.write_text(f"<!DOCTYPE c [<!ENTITY x SYSTEM '{secret.as_uri()}'>]><CTfile>&x;</CTfile>")
    number = '<xs:element name="CTfile" type="xs:integer"/>'
    said = second_opinion(path, schema(f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{number}</xs:schema>'))
    # What the schema says of a value that is no number would quote it.
    assert said == ("The schema was not asked, as the file cannot be read.",)
