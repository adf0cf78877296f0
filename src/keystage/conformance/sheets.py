"""Cases of filled templates as Excel workbooks: a finding in them points at a cell, and not at a line."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from keystage.conformance.case import Case, Found, sentence, slugged
from keystage.conformance.drafts import Place, case_of
from keystage.conformance.workbook import SHEET, cell_at, workbook
from keystage.simulate import DIALECTS
from keystage.simulate.draft import Draft, ordinary
from keystage.simulate.expect import Expect
from keystage.simulate.faults import expected_pupils, identities, judged, upns
from keystage.simulate.faults.registry import PUPIL_FAULTS, PupilFault, Spoilt
from keystage.simulate.filed import FiledPupil
from keystage.years import CollectionYear, Subject
from keystage.years.headings import TEMPLATE_FIELDS

_FAULTS: tuple[PupilFault, ...] = (
    judged.no_judgement,
    judged.not_a_code,
    judged.science_too_good,
    judged.left_in_one_subject,
    upns.wrong_check_letter,
    upns.temporary_upn,
    upns.same_pupil_twice,
    identities.no_surname,
    identities.out_of_year,
    identities.no_sex,
    expected_pupils.left_out,
    expected_pupils.not_registered,
    expected_pupils.other_name_registered,
    expected_pupils.below_without_judgement,
    expected_pupils.judged_and_sitting,
    expected_pupils.moderated_otherwise,
)
_PLAIN = DIALECTS["keystage"]
_NOTES = "Notes"


def in_workbooks(year: CollectionYear) -> Iterator[Case]:
    """Yield the cases of a year: a good one, those with a fault in a cell, and one with a column too many."""
    good = Place(year, f"{year.year}/good/workbook")
    yield _case(good, good.draft(_PLAIN, pupils=24), [], "", "A filled template, as an Excel workbook.")
    for fault in _FAULTS:
        code = next(code for code, faults in PUPIL_FAULTS.items() if fault in faults)
        place = Place(year, f"{year.year}/{code}/{slugged(fault.__name__)}-in-a-workbook")
        draft, chance = place.draft(_PLAIN), place.chance
        expected = fault(draft, chance.choice(ordinary(draft.pupils)), chance)
        if expected is None:
            raise LookupError(f"{place.name} cannot be made")
        yield _case(place, draft, expected, code, sentence(fault.__doc__))
    place = Place(year, f"{year.year}/F10/column-too-many-in-a-workbook")
    yield _case(place, place.draft(_PLAIN), [], "F10", "A column of the school's own.", more=_NOTES)


def _case(place: Place, draft: Draft, expected: Sequence[Expect], check: str, title: str, *, more: str = "") -> Case:
    """Write a draft as a workbook. What must be found is known as ever; only its place is a cell."""
    rows = [[draft.year.headings.written[field] for field in TEMPLATE_FIELDS]]
    rows += [[_text(pupil, field) for field in TEMPLATE_FIELDS] for pupil in draft.pupils]
    if more:
        rows = [[*row, more if number == 0 else "seen"] for number, row in enumerate(rows)]
        expected = [Expect("F10", value=more)]
    draft.file_name = f"{draft.school.number}_KS2_template.xlsx"
    spoilt = Spoilt(workbook(rows), list(expected), is_read=True)
    case = case_of(place, draft, spoilt, check=check, title=title)
    cells = [cell_at(len(TEMPLATE_FIELDS), 1)] if more else [_cell(draft, each) for each in expected]
    findings = [_at(each, cell) for each, cell in zip(case.findings, [*cells, None], strict=False)]
    return replace(case, findings=tuple(findings))


def _at(found: Found, cell: str | None) -> Found:
    return {**found, "line": None, "sheet": SHEET if cell else None, "cell": cell}


def _text(pupil: FiledPupil, field: str) -> str:
    match field:
        case "upn" | "surname" | "forename" | "sex":
            return getattr(pupil, field) or ""
        case "birth_date":
            return pupil.born or ""
    row = pupil.row(Subject(field))
    return (row.text.result or "") if row else ""


def _cell(draft: Draft, expect: Expect) -> str | None:
    """Return the cell of what a finding is about; the first of the pupil's, where that is absent or the whole pupil."""
    pupil = expect.pupil
    if not isinstance(pupil, FiledPupil):
        return None
    field = (expect.subject if expect.row else expect.part) or TEMPLATE_FIELDS[0]
    return cell_at(TEMPLATE_FIELDS.index(field), draft.pupils.index(pupil) + 2)
