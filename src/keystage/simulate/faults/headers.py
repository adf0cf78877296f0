"""H, and what of F goes with a readable file: faults in the header and in the file's name."""

from random import Random

from keystage.simulate.draft import Draft
from keystage.simulate.expect import Expect
from keystage.simulate.faults.registry import HEADER_FAULTS, Expected, seeds
from keystage.simulate.faults.tools import on_header


@seeds("F05", HEADER_FAULTS)
def browser_name(draft: Draft, chance: Random) -> Expected:
    """A name with what browsers and copying add to it."""
    stem = draft.file_name.removesuffix(".xml")
    draft.file_name = chance.choice((f"{stem} (1).xml", f"{stem}(2).xml", f"{stem} - Copy.xml", f"{stem}_1.xml"))
    return [Expect("F05", value=draft.file_name)]


@seeds("F05", HEADER_FAULTS)
def own_name(draft: Draft, _chance: Random) -> Expected:
    """A name that follows no pattern."""
    draft.file_name = f"KS2 return {draft.school.number} final.xml"
    return [Expect("F05", value=draft.file_name)]


@seeds("F06", HEADER_FAULTS)
def name_of_another_school(draft: Draft, _chance: Random) -> Expected:
    """The name of the file says another school."""
    other = f"{draft.school.number[:3]}{int(draft.school.number[3:]) + 4000}"
    draft.file_name = draft.file_name.replace(draft.school.number, other)
    return [on_header(draft, "F06", "SourceSchool", other)]


@seeds("F06", HEADER_FAULTS)
def name_of_another_destination(draft: Draft, _chance: Random) -> Expected:
    """The name of the file says that it goes to the authority."""
    authority = f"{draft.school.number[:3]}LLLL"
    draft.file_name = draft.file_name.replace(_destination(draft), authority)
    return [on_header(draft, "F06", "DestSchool", authority)]


@seeds("F09", HEADER_FAULTS)
def second_school(draft: Draft, _chance: Random) -> Expected:
    """Two source schools in one header."""
    other = f"{int(draft.school.number[3:]) + 4000}"
    draft.header.second_source = {**_source(draft), "Estab": other}
    return [on_header(draft, "F09", "SourceSchool 2", draft.school.number[:3] + other)]


@seeds("H01", HEADER_FAULTS)
def old_version(draft: Draft, chance: Random) -> Expected:
    """Another version, or none."""
    start = draft.year.start_year % 100
    version = chance.choice((f"{start - 1}.0", f"{start - 2}.0", f"{start + 1}.0", "1.0", "", None))
    draft.header.fields["CTFversion"] = version
    return [on_header(draft, "H01", "CTFversion", version)]


@seeds("H02", HEADER_FAULTS)
def no_school(draft: Draft, _chance: Random) -> Expected:
    """No source school, and so no school year."""
    draft.header.source = None
    return [
        on_header(draft, "H02", "SourceSchool/LEA"),
        on_header(draft, "H02", "SourceSchool/Estab"),
        on_header(draft, "H05", "SourceSchool/AcademicYear"),
    ]


@seeds("H02", HEADER_FAULTS)
def half_a_school(draft: Draft, chance: Random) -> Expected:
    """No authority or no establishment, or a wrong one, so that the file's name says another school."""
    part = chance.choice(("LEA", "Estab"))
    number, right = draft.school.number, _source(draft)[part] or ""
    wrong = chance.choice((None, "", right[:-1], f"{right}0", f"{right[:-1]}X"))
    _source(draft)[part] = wrong
    return [on_header(draft, "H02", f"SourceSchool/{part}", wrong), on_header(draft, "F06", "SourceSchool", number)]


@seeds("H03", HEADER_FAULTS)
def to_the_authority(draft: Draft, chance: Random) -> Expected:
    """Addressed to the authority or to the school itself, as the file's name says too, or against it."""
    number = draft.school.number
    estab = chance.choice(("LLLL", number[3:]))
    draft.header.destination = {"LEA": number[:3], "Estab": estab}
    expected = [on_header(draft, "H03", "DestSchool", number[:3] + estab)]
    if chance.random() < 0.5:
        draft.file_name = draft.file_name.replace(_destination(draft), number[:3] + estab)
    else:
        expected.append(on_header(draft, "F06", "DestSchool", _destination(draft)))
    return expected


@seeds("H03", HEADER_FAULTS)
def to_nobody(draft: Draft, _chance: Random) -> Expected:
    """Addressed to nobody."""
    draft.header.destination = None
    return [on_header(draft, "H03", "DestSchool")]


@seeds("H04", HEADER_FAULTS)
def no_qualifier(draft: Draft, chance: Random) -> Expected:
    """Neither full nor partial."""
    wrong = chance.choice((None, "", "KS2", "Partial"))
    draft.header.fields["DocumentQualifier"] = wrong
    return [on_header(draft, "H04", "DocumentQualifier", wrong)]


@seeds("H05", HEADER_FAULTS)
def wrong_school_year(draft: Draft, chance: Random) -> Expected:
    """The year in which the school year ends, or last year's, or none."""
    year = draft.year.year
    wrong = chance.choice((str(year), str(year - 2), draft.year.label, None, ""))
    _source(draft)["AcademicYear"] = wrong
    return [on_header(draft, "H05", "SourceSchool/AcademicYear", wrong)]


@seeds("H06", HEADER_FAULTS)
def odd_date_time(draft: Draft, chance: Random) -> Expected:
    """No date and time, one in another form, or one to come."""
    made = draft.made
    wrong = chance.choice((None, "", f"{made:%d/%m/%Y %H:%M}", f"{made:%Y-%m-%d}", "2099-06-18T14:05:00", "now"))
    draft.header.fields["DateTime"] = wrong
    return [on_header(draft, "H06", "DateTime", wrong)]


@seeds("H07", HEADER_FAULTS)
def old_tag_for_sex(draft: Draft, _chance: Random) -> Expected:
    """The element that older versions have for sex."""
    first = next((pupil for pupil in draft.pupils if pupil.sex is not None), None)
    if first is None or draft.year.ctf.sex_tag == "Gender":
        return None
    draft.header.tags["Sex"] = "Gender"
    return [Expect("H07", first, part="sex", value="Gender", is_named=False)]


@seeds("H07", HEADER_FAULTS)
def old_namespace(draft: Draft, _chance: Random) -> Expected:
    """The namespace of an old schema."""
    draft.header.root_attributes = ' xmlns="http://www.dcsf.gov.uk/schemas/cbds"'
    return [on_header(draft, "H07", "/", "a namespace")]


@seeds("H07", HEADER_FAULTS)
def tag_in_other_letters(draft: Draft, chance: Random) -> Expected:
    """An element in other letters, as a help page spells it."""
    tag, other = chance.choice((("CTFversion", "CTFVersion"), ("SupplierID", "SupplierId"), ("DateTime", "Datetime")))
    draft.header.tags[tag] = other
    return [on_header(draft, "H07", tag, other)]


@seeds("H08", HEADER_FAULTS)
def other_document_name(draft: Draft, chance: Random) -> Expected:
    """Another name of the document, or none."""
    wrong = chance.choice((None, "", "Common Transfer file", "Key Stage 2", "CTF"))
    draft.header.fields["DocumentName"] = wrong
    return [on_header(draft, "H08", "DocumentName", wrong)]


def _destination(draft: Draft) -> str:
    return draft.year.ctf.destination_lea + draft.year.ctf.destination_estab


def _source(draft: Draft) -> dict[str, str | None]:
    if draft.header.source is None:
        raise LookupError("the header has no source school")
    return draft.header.source
