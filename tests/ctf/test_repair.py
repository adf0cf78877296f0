"""The CTF doctor: each safe repair is listed with its line, all else stays as it is, and no judgement is changed."""

import time
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctf.documents import Maker
from ctf.made import HEADER, IDENTITY, MTC, SKELETON, YEAR, ctf, key_stage, pupil, row
from keystage.ctf import read
from keystage.ctf.repair import Repaired, repair, right_version
from keystage.ctf.to_return import to_return
from keystage.returns.refused import FileRefused
from keystage.years import YearUnknown, load


def year_for(year: int | None):
    try:
        return load(year or 2026)
    except YearUnknown:
        return YEAR


def repaired(text: str | bytes) -> Repaired:
    return repair(text.encode() if isinstance(text, str) else text, year_for)


def said(found: Repaired) -> list[tuple[str, int | None]]:
    return [(what, line) for what, line, _, _ in found.repairs]


def assert_one(text: str | bytes, what: str, line: int, before: str, after: str, becomes: str) -> None:
    """Check that just one repair was made, and that the file became the given one to the letter."""
    found = repaired(text)
    assert [tuple(each) for each in found.repairs] == [(what, line, before, after)]
    assert found.data.decode() == becomes
    assert found.file == read(found.data)


SOUND = ctf(pupil(row(), row("GDS", subject="SCI", component="SCI")), pupil(row("A")))


@pytest.mark.parametrize("data", [SOUND.encode(), MTC.read_bytes(), SKELETON.read_bytes()])
def test_a_sound_file_is_left_as_it_is(data):
    found = repaired(data)
    assert (found.data, found.repairs) == (data, ())


def test_a_file_with_every_kind_of_text_is_left_as_it_is():
    text = ctf(
        pupil(row("<!-- EXS -->EXS"), row("<![CDATA[ exs ]]>"), after="\n<Shoe a='>'>\t</Shoe >".replace("\t", "x")),
        header=HEADER.replace("Invented", "A &amp; B"),
    ).replace("\n", "\r\n")
    assert repaired(text).repairs == ()
    assert repaired(text).data.decode() == text


# -- codes -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", [" EXS", "EXS ", "exs", " exs ", "Exs", "\tEXS\n"])
def test_a_padded_code_is_tidied(written):
    text = SOUND.replace("<Result>EXS", f"<Result>{written}")
    assert_one(text, "A code was tidied.", 15, written, "EXS", SOUND)


@pytest.mark.parametrize("written", ["2b", "exs.", "GD S", "", "  ", "PK 1", "wt"])
def test_a_code_that_is_not_one_of_the_year_is_never_touched(written):
    text = SOUND.replace("<Result>EXS", f"<Result>{written}")
    assert (repaired(text).repairs, repaired(text).data.decode()) == ((), text)


def test_a_code_of_another_subject_is_never_touched():
    text = SOUND.replace("<Result>GDS", "<Result> gds ")
    assert repaired(text).repairs == ()


def test_a_result_of_another_assessment_is_never_touched():
    for stages in (key_stage(row(" exs "), stage="KS1"), key_stage(row(" exs ").replace(">TA<", ">TT<"))):
        text = ctf(f"<Pupil>{IDENTITY}<StageAssessments>{stages}</StageAssessments></Pupil>")
        assert repaired(text).repairs == ()


def test_a_padded_upn_is_tidied_where_it_is_right_then():
    assert_one(
        SOUND.replace("P999999919001", " p999999919001 ", 1),
        *("A UPN was tidied.", 13, " p999999919001 ", "P999999919001", SOUND),
    )


@pytest.mark.parametrize("upn", [" B207000016049 ", "p99999991900", " P999 999 919001", "x"])
def test_a_upn_that_stays_wrong_is_never_touched(upn):
    assert repaired(SOUND.replace("P999999919001", upn, 1)).repairs == ()


def test_a_former_upn_is_never_touched():
    before = "<BasicDetails><UPN> p999999919001 </UPN><FormerUPN> p999999919001 </FormerUPN></BasicDetails>"
    assert repaired(ctf(pupil(before=before))).repairs == ()


# -- names of elements -------------------------------------------------------------------------------------------------


def test_gender_becomes_sex_in_every_pupil_and_is_said_once():
    text = SOUND.replace("Sex>", "Gender>")
    assert_one(text, "The element “Gender” was renamed to “Sex”.", 13, "Gender", "Sex", SOUND)


@pytest.mark.parametrize("tag", ["Gender", "Sex"])
def test_an_older_version_keeps_the_tag_that_it_has(tag):
    # Either is read; H07 does not fire on Sex in an older version.
    text = SOUND.replace("25.0", "22.0").replace("2026", "2023").replace(">2025<", ">2022<").replace("Sex>", f"{tag}>")
    assert repaired(text).repairs == ()


def test_the_gender_of_a_contact_stays():
    text = ctf(pupil(before="<Contacts><Contact><Gender>F</Gender></Contact></Contacts>"))
    assert repaired(text).repairs == ()


def test_a_pupil_with_both_tags_keeps_them():
    text = ctf(pupil(identity=IDENTITY.replace("<Sex>", "<Gender>M</Gender><Sex>")))
    assert repaired(text).repairs == ()


def test_names_in_other_letters_are_put_right_and_each_is_said_once():
    text = SOUND.replace("CTFversion>", "CTFVersion>").replace("Surname>", "SURNAME>").replace("<Result>", "<result>")
    found = repaired(text.replace("</Result>", "</result>"))
    assert found.data.decode() == SOUND
    assert said(found) == [
        ("The element “CTFVersion” was renamed to “CTFversion”.", 4),
        ("The element “SURNAME” was renamed to “Surname”.", 13),
        ("The element “result” was renamed to “Result”.", 15),
    ]


def test_an_empty_element_is_renamed_and_nothing_after_it():
    text = SOUND.replace("<Surname>Example</Surname>", "<SURNAME a='/>'/><!-- -->", 1)
    assert repaired(text).data.decode() == text.replace("SURNAME", "Surname")


def test_a_name_within_a_part_that_is_kept_whole_stays():
    text = ctf(pupil(before="<Shoe><upn>x</upn><RESULT>y</RESULT></Shoe>"))
    assert repaired(text).repairs == ()


def test_a_namespace_is_taken_out_with_its_prefixes():
    plain = SOUND.replace("<?xml", "<?XML")
    prefixed = plain.replace("</", "</c:").replace("<", "<c:").replace("<c:/c:", "</c:").replace("<c:?XML", "<?xml")
    found = repaired(prefixed.replace("<c:CTfile>", '<c:CTfile\n xmlns:c="urn:c>" x="1">'))
    assert found.data.decode() == SOUND.replace("<CTfile>", '<CTfile x="1">')
    assert ("A namespace was taken out.", 'xmlns:c="urn:c>"') in [(r.what, r.before) for r in found.repairs]
    assert ("The element “c:UPN” was renamed to “UPN”.", 14) in said(found)


@pytest.mark.parametrize(
    ("attributes", "left"),
    [
        (' xmlns="urn:x"', ""),
        (" xmlns:xsi='urn:x' xsi:schemaLocation=\"a b\"", ""),
        (' a=" xmlns=\'x\'" xmlns = "urn:>"', " a=\" xmlns='x'\""),
        (" a=' x:y=\"' c:d='\"z'", " a=' x:y=\"'"),
    ],
)
def test_qualified_attributes_alone_are_taken_out(attributes, left):
    text = SOUND.replace("<CTfile>", f"<CTfile{attributes}>")
    assert repaired(text).data.decode() == SOUND.replace("<CTfile>", f"<CTfile{left}>")


@pytest.mark.parametrize("name", ["a:", ":", "a:1", "a:-", "x:é"])
def test_a_prefix_stays_where_nothing_sound_would_be_left(name):
    text = ctf(pupil(before=f"<{name}>x</{name}>"))
    assert repaired(text).data.decode() == text


# -- the version -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["21.0", "24.0", "26.0", "24"])
def test_the_version_is_put_right_where_judgements_and_header_agree_on_the_year(version):
    text = SOUND.replace("25.0", version)
    assert_one(text, "The version was put right.", 4, version, "25.0", SOUND)


def test_the_version_and_its_tag_are_put_right_together():
    found = repaired(SOUND.replace("25.0", "21.0").replace("Sex>", "Gender>"))
    assert found.data.decode() == SOUND
    assert said(found) == [
        *(("The version was put right.", 4), ("The element “Gender” was renamed to “Sex”.", 13)),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (">2025<", ">2024<"),  # the header speaks of another year
        ("<AcademicYear>2025</AcademicYear>", ""),
        ("<Year>2026<", "<Year>2024<"),
        ("<Method>TA<", "<Method>TT<"),  # no judgement says the year
    ],
)
def test_the_version_stays_where_the_year_is_not_certain(old, new):
    text = SOUND.replace("25.0", "21.0").replace(old, new)
    assert repaired(text).data.decode() == text


def test_a_version_that_is_none_stays():
    text = SOUND.replace("25.0", "CTF")
    assert repaired(text).data.decode() == text
    assert right_version(read(text.encode())) == ""


def test_the_right_version_needs_no_repair():
    assert right_version(read(SOUND.encode())) == ""
    assert right_version(read(SOUND.replace("25.0", "24.0").encode())) == "25.0"


@pytest.mark.parametrize("attribute", ["a='>'", 'a="x>24.0"'])
def test_an_attribute_does_not_mislead(attribute):
    text = SOUND.replace("<CTFversion>25.0", f"<CTFversion {attribute}>24.0")
    assert repaired(text).data.decode() == SOUND.replace("<CTFversion>", f"<CTFversion {attribute}>")


# -- what is empty -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("empty", ["<LeavingDate/>", "<LeavingDate></LeavingDate>", "<LeavingDate> </LeavingDate >"])
def test_an_empty_optional_element_is_taken_out_with_its_line(empty):
    history = "<SchoolHistory><School>\n<Estab>9999</Estab>\n{}</School></SchoolHistory>"
    for written in (f"  {empty}  \n", f"\t{empty}\n"):
        found = repaired(ctf(pupil(row()), pupil(row("A"), after=history.format(written))))
        assert said(found) == [("The empty element “LeavingDate” was taken out.", 24)]
        assert found.data.decode() == ctf(pupil(row()), pupil(row("A"), after=history.format("")))


def test_an_empty_element_between_others_is_taken_out_alone():
    assert_one(
        ctf(pupil(row(more="<ResultDate/>"))),
        *("The empty element “ResultDate” was taken out.", 15, "<ResultDate/>", "", ctf(pupil(row()))),
    )


def test_what_is_empty_only_because_its_parts_are_is_taken_out_whole():
    history = "<SchoolHistory><School><LeavingDate/><RemovalGrounds></RemovalGrounds></School></SchoolHistory>"
    found = repaired(ctf(pupil(row(), after=history)))
    assert found.data.decode() == ctf(pupil(row()))
    assert said(found) == [("The empty element “SchoolHistory” was taken out.", 16)]


@pytest.mark.parametrize(
    "needed",
    [
        *("<Pupil></Pupil>", "<Pupil/>", f"<Pupil>{IDENTITY.replace('Ada', '')}</Pupil>", pupil(row(""))),
        *(pupil("<StageAssessment/>"), pupil(row()).replace("KS2", " "), pupil(identity="<UPN/><Sex/>")),
    ],
)
def test_what_a_check_must_find_missing_is_never_taken_out(needed):
    assert repaired(ctf(needed)).repairs == ()


def test_the_header_and_the_pupils_are_never_taken_out():
    for text in ("<CTfile/>", "<CTfile><Header/><CTFpupilData/></CTfile>", "<CTfile>\n<Header>\n</Header>\n</CTfile>"):
        assert repaired(text).data.decode() == text


def test_an_empty_element_beside_another_of_its_name_stays():
    # To take it out would change which of the two counts.
    for more in ("<Year/>", "<Component/>"):
        text = SOUND.replace("<Locale>", f"{more}<Locale>")
        assert repaired(text).data.decode() == text
    assert repaired(SOUND.replace("<Locale>", "<Note/><Note/><Locale>")).data.decode() == SOUND


def test_a_comment_is_not_nothing():
    text = ctf(pupil(row(more="<Note><!-- x --></Note><Note2><![CDATA[]]></Note2>")))
    assert repaired(text).repairs == ()


# -- the beginning and the encoding ------------------------------------------------------------------------------------

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'


def test_a_byte_order_mark_is_taken_out():
    assert_one(b"\xef\xbb\xbf" + SOUND.encode(), "The byte order mark was taken out.", 1, "", "", SOUND)


def test_a_doubled_declaration_is_taken_out_and_no_line_moves():
    text = f"{DECLARATION}\n{SOUND}"
    assert_one(text, "A second line <?xml …?> was taken out.", 2, DECLARATION, "", SOUND.replace("\n", "\n\n", 1))


def test_blank_space_before_the_declaration_is_taken_out_and_no_line_moves():
    found = repaired(f"\n \n{SOUND}")
    assert said(found) == [("What stood before <?xml …?> was taken out.", 1)]
    assert found.data.decode() == SOUND.replace("\n", "\n\n\n", 1)


def test_stray_text_before_the_document_is_taken_out():
    found = repaired(f"Export of 18 June\n{SOUND}")
    assert said(found) == [("Text before the document was taken out.", 1)]
    assert found.repairs[0].before == "Export of 18 June"
    assert found.data.decode() == SOUND.replace("\n", "\n\n", 1)


def test_comments_before_the_document_stay():
    before = "<!-- <CTfile> & -->\n<?robots no?>\n"
    text = SOUND.replace("<CTfile>", f"{before}<CTfile>")
    assert repaired(text).data.decode() == text
    assert before in repaired(f"{DECLARATION}\n{text}").data.decode()
    sheet = SOUND.replace("<CTfile>", "<?xml-stylesheet href='x'?>\n<CTfile>")
    assert repaired(sheet).data.decode() == sheet


def test_empty_characters_at_the_end_are_taken_out():
    found = repaired(SOUND.encode() + b"\x00\x00\x1a")
    assert said(found) == [("Empty characters after the document were taken out.", 26)]
    assert found.data.decode() == SOUND


def test_a_declaration_that_does_not_say_utf_8_plainly_is_written_anew():
    for encoding in ("us-ascii", "utf8"):
        text = SOUND.replace("UTF-8", encoding)
        found = repaired(text)
        assert said(found) == [("The line <?xml …?> was written anew.", 1)]
        assert found.data.decode() == SOUND


NAMED = ctf(pupil(row(), identity=IDENTITY.replace("Example", "Ní “Bhriain”").replace("Ada", "Zoë")))


def test_windows_letters_in_a_file_that_says_utf_8_are_read_and_listed_for_a_person():
    found = repaired(NAMED.encode("cp1252"))
    assert found.data.decode() == NAMED
    assert found.file.pupils[0].surname == "Ní “Bhriain”"
    assert said(found) == [
        ("These letters were read as windows-1252: look at them.", 13),
        ("The file was written anew in UTF-8.", 1),
    ]
    assert "Ní “Bhriain”" in found.repairs[0].after


@pytest.mark.parametrize(
    ("encoding", "codec"), [("windows-1252", "cp1252"), ("ISO-8859-15", "iso8859-15"), ("UTF-16", "utf-16")]
)
def test_a_file_in_another_encoding_is_written_anew_in_utf_8(encoding, codec):
    plain = NAMED.replace("“", "'").replace("”", "'")
    found = repaired(plain.replace("UTF-8", encoding).encode(codec))
    assert found.data.decode() == plain
    assert ("The file was written anew in UTF-8.", 1) in said(found)
    assert read(found.data) == read(plain.encode())


def test_bytes_that_are_in_no_encoding_are_refused():
    with pytest.raises(FileRefused) as caught:
        repaired(NAMED.encode("cp1252") + b"<!-- \x81 -->")
    assert (caught.value.code, "windows-1252" in caught.value.what) == ("F04", True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (SOUND[:500], "F01"),
        (SOUND.replace("Example", "A & B"), "F01"),
        (SOUND + SOUND, "F01"),
        (SOUND.replace("</Pupil>", "", 1), "F01"),
        ("", "F02"),
        ("<html></html>", "F02"),
        ("%PDF-1.7", "F02"),
        ("<!DOCTYPE CTfile>" + SOUND, "F03"),
        ("<CTfile>" + "<a>" * 20 + "</a>" * 20 + "</CTfile>", "F08"),
    ],
)
def test_what_cannot_be_repaired_is_refused(text, code):
    with pytest.raises(FileRefused) as caught:
        repaired(text)
    assert caught.value.code == code


# -- always ------------------------------------------------------------------------------------------------------------


def worn(text: str, seed: int) -> bytes:
    """Return a sound file with some of everything that can be repaired."""
    random = Random(seed)
    wears = [
        lambda t: t.replace("<Result>EXS<", "<Result> exs <"),
        lambda t: t.replace("Sex>", "Gender>"),
        lambda t: t.replace("UPN>", "upn>"),
        lambda t: t.replace("CTFversion>", "CTFVersion>"),
        lambda t: t.replace("25.0", "23.0"),
        lambda t: t.replace("<CTfile>", "<CTfile xmlns='urn:x'>"),
        lambda t: t.replace("<Pupil>", "<Pupil x:y='1'>"),
        lambda t: t.replace("</Pupil>", "<SchoolHistory><School><A/>\n</School></SchoolHistory></Pupil>", 1),
        lambda t: t.replace("<Locale>ENG", "<Note/>\n  <Locale>ENG"),
        lambda t: "\n" + t,
        lambda t: DECLARATION + t,
        lambda t: t.replace("\n", "\r\n"),
        lambda t: t + "\x00",
        lambda t: t.replace("P999", " p999"),
    ]
    for wear in wears:
        if random.random() < 0.4:
            text = wear(text)
    return text.encode(random.choice(["utf-8", "utf-8-sig", "cp1252"]))


def judged(file) -> list[object]:
    return [[(j.subject, j.code, j.year) for j in p.judgements] for p in to_return(file, YEAR).pupils]


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32))
def test_whatever_was_wrong_the_repaired_file_is_sound_and_says_the_same(seed):
    text = ctf(pupil(row(), row("gds")), pupil(row("A"), row("2b")), pupil(identity=IDENTITY.replace("Ada", "Zoë")))
    found = repaired(worn(text, seed))
    assert judged(found.file) == judged(read(text.encode()))
    assert [p[1:4] for p in found.file.pupils] == [p[1:4] for p in read(text.encode()).pupils]
    again = repaired(found.data)
    assert (again.data, again.repairs) == (found.data, ())
    assert found.file.tolerated == ()


documents = st.builds(Maker, st.integers(0, 2**40), st.sampled_from((0.0, 0.02, 0.1, 0.3))).map(Maker.document)


@settings(max_examples=300, deadline=None)
@given(documents)
def test_no_judgement_of_any_document_is_changed_and_a_second_time_nothing_is_done(data):
    found = repaired(data)
    before = to_return(read(data), YEAR)
    after = to_return(found.file, YEAR)
    assert [p._replace(at=0, judgements_at=()) for p in strip(before)] == [
        p._replace(at=0, judgements_at=()) for p in strip(after)
    ]
    assert repaired(found.data) == Repaired(found.data, (), found.file)


def strip(made):
    """Return the pupils with their codes as they are read, not as they are written."""
    return [
        p._replace(upn=p.upn.strip().upper(), judgements=tuple(j._replace(written="", date="") for j in p.judgements))
        for p in made.pupils
    ]


def test_a_large_file_is_repaired_quickly():
    worst = pupil(row(" exs ", more="<ResultDate/>"), after="<A/><B/>" * 5).replace("\n", "")
    data = ctf(*[worst] * 3_000).replace("\n", "").encode()
    began = time.process_time()
    found = repaired(data)
    assert len(found.repairs) == 3_000 * 12
    assert time.process_time() - began < 8


def test_letters_that_are_utf_8_already_stay_as_they_are():
    text = "<CTfile>\n<CTFpupilData>\n<Pupil><Surname>Müller</Surname></Pupil>\n<Pupil><Surname>ZO</Surname></Pupil>\n"
    found = repaired((text + "</CTFpupilData>\n</CTfile>\n").encode().replace(b"ZO", b"Zo\xeb"))
    assert [one.surname for one in found.file.pupils] == ["Müller", "Zoë"]
    assert ("These letters were read as windows-1252: look at them.", 4) in said(found)


# -- one by one --------------------------------------------------------------------------------------------------------
TO_CHOOSE = ctf(pupil(row(" exs "), row("hnm", subject="SCI", component="SCI")), pupil(row("a"))).replace(
    "Forename>", "forename>"
)


def chosen(*places: int) -> Repaired:
    return repair(("\ufeff" + TO_CHOOSE).encode(), year_for, chosen=places)


def test_the_repairs_that_can_be_chosen_are_in_their_order():
    whats = [each.what for each in repaired("\ufeff" + TO_CHOOSE).repairs]
    renamed = "The element “forename” was renamed to “Forename”."
    tidied = "A code was tidied."
    assert whats == ["The byte order mark was taken out.", renamed, tidied, tidied, tidied]
    assert repaired("\ufeff" + TO_CHOOSE).always == 1


def test_only_what_was_chosen_is_put_right():
    assert chosen(3).data.decode() == TO_CHOOSE.replace(">hnm<", ">HNM<")
    assert [each.after for each in chosen(3).repairs] == ["", "HNM"]


def test_what_is_told_once_is_put_right_everywhere_or_nowhere():
    assert chosen(1).data.decode() == TO_CHOOSE.replace("forename>", "Forename>")


def test_with_nothing_chosen_only_the_beginning_is_put_right():
    assert chosen().data.decode() == TO_CHOOSE


def test_all_of_them_chosen_are_what_is_made_without_a_choice():
    assert chosen(*range(5)).data == repaired("\ufeff" + TO_CHOOSE).data
