from keystage.conformance.text import excerpt, lines_of, stands_at

FILE = b"<a>\r\n" + b"<b/>\r\n" * 8 + b"  <Result></Result>\r\n<Result>EXS</Result>\r\n</a>"


def test_lines_are_read_in_any_encoding():
    assert lines_of("a\nZoé".encode()) == ["a", "Zoé"]
    assert lines_of(b"\xef\xbb\xbfa\r\nb") == ["a", "b"]
    assert lines_of(b"\xff\xfe" + "a\nZoé".encode("utf-16-le")) == ["a", "Zoé"]
    assert lines_of(b"\xfe\xff" + "a\nZoé".encode("utf-16-be")) == ["a", "Zoé"]
    assert lines_of(b"a\nZo\xe9") == ["a", "Zoé"]


def test_what_is_no_text_is_shown_as_well_as_can_be():
    assert lines_of(b"\xff\xfea") == ["�"]
    assert lines_of(b"") == [""]


def test_an_element_without_text_is_told_from_one_with_text():
    assert stands_at(FILE, 10) == "Result empty"
    assert stands_at(FILE, 11).strip() == "Result"


def test_nothing_is_said_of_a_place_that_is_not_there_or_of_a_file_on_one_line():
    assert stands_at(FILE, None) == ""
    assert stands_at(FILE, 99) == ""
    assert stands_at(b"<a><b/></a>", 1) == ""


def test_an_excerpt_stays_within_the_file():
    lines = list("abcdef")
    assert excerpt(lines, 1) == [(1, "a"), (2, "b"), (3, "c")]
    assert excerpt(lines, 4, 1) == [(3, "c"), (4, "d"), (5, "e")]
    assert excerpt(lines, 6) == [(4, "d"), (5, "e"), (6, "f")]
