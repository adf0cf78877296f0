"""The reader against a second one that walks the tree lxml makes: they must say the same of any document."""

from contextlib import suppress
from xml.parsers import expat

from hypothesis import given, settings
from hypothesis import strategies as st

from ctf.documents import Maker
from ctf.made import MTC, SKELETON
from ctf.second import Seen, look
from keystage.ctf import CtfFile, read
from keystage.ctf.careful import read_pupil
from keystage.ctf.limits import LIMITS
from keystage.ctf.plain import Plain
from keystage.ctf.vocabulary import canonical

documents = st.builds(Maker, st.integers(0, 2**40), st.sampled_from((0.0, 0.01, 0.03, 0.1, 0.3))).map(Maker.document)


def as_seen(file: CtfFile) -> Seen:
    """Say what the reader read in the second reader's terms."""
    header = file.header
    return Seen(
        (
            *(header.document_name, header.version, header.date_time, header.qualifier),
            *(header.data_qualifier, header.descriptor, header.supplier),
        ),
        tuple((s.lea, s.estab, s.urn, s.name, s.academic_year) for s, _ in file.schools),
        tuple(
            (
                *(p.upn, p.surname, p.forename, p.birth_date, p.sex, tuple(map(tuple, p.rows))),
                *(tuple(sorted(p.other)), tuple(section.name for section in p.sections)),
            )
            for p in file.pupils
        ),
        tuple(file.place(at).line for at in file.pupils_at),
        tuple(tuple(file.place(at).line for at in rows_at) for rows_at in file.rows_at),
        frozenset(name for name, _ in file.unknown),
    )


@settings(max_examples=1500, deadline=None)
@given(documents)
def test_both_readers_see_the_same_in_any_document(data):
    assert as_seen(read(data)) == look(data)


def test_both_readers_see_the_same_in_the_samples():
    for path in (MTC, SKELETON):
        assert as_seen(read(path)) == look(path.read_bytes())


@settings(max_examples=500, deadline=None)
@given(documents)
def test_what_is_read_quickly_is_read_as_if_it_were_read_part_by_part(data):
    file = read(data)
    for at in file.pupils_at:
        xml = element_at(data, at)
        quickly = Plain(LIMITS).read(xml, at)
        assert quickly is None or quickly == read_pupil(xml, at, LIMITS)


def test_a_document_without_anything_unusual_is_read_quickly():
    for seed in range(40):
        data = Maker(seed, 0.0).document()
        for at in read(data).pupils_at:
            assert (Plain(LIMITS).read(element_at(data, at), at) is None) == (
                b"</Stage></KeyStage>" in _dense(data, at)
            )


@settings(max_examples=300, deadline=None)
@given(documents)
def test_a_section_is_kept_as_it_stands(data):
    for pupil in read(data).pupils:
        for section in pupil.sections:
            begins = data.index(section.xml.encode())
            assert data[begins : begins + len(section.xml.encode())] == element_at(data, begins)


@settings(max_examples=300, deadline=None)
@given(documents)
def test_what_is_not_known_is_found_where_it_stands(data):
    file = read(data)
    for name, at in (*file.unknown, *((t.found, t.at) for t in file.tolerated if t.kind == "name")):
        assert data[at : at + 1 + len(name.encode())] == b"<" + name.encode()
    for _, at in file.sex_tags:
        assert canonical(data[at + 1 :].split(b">")[0].split()[0].decode()) == "Pupil"


def element_at(data: bytes, at: int) -> bytes:
    """Return the bytes of the element that begins at a byte: the shortest that are a document by themselves."""
    end = at
    while True:
        end = data.index(b">", end) + 1
        with suppress(expat.ExpatError):
            expat.ParserCreate("utf-8").Parse(data[at:end], True)
            return data[at:end]


def _dense(data: bytes, at: int) -> bytes:
    return b"".join(element_at(data, at).split())
