"""The parts of a pupil's record that this return has no use for, and that systems write all the same. All made up."""

from random import Random

from keystage.simulate.dialects import Dialect
from keystage.simulate.filed import FiledPupil

Tree = tuple[str, "str | list[Tree]"]

_ETHNICITIES = ("WBRI", "WOTH", "AIND", "APKN", "ABAN", "BAFR", "BCRB", "CHNE", "MWBC", "OOTH", "REFU", "NOBT")
_LANGUAGES = ("ENG", "ENG", "ENG", "ENG", "POL", "URD", "PNJ", "ROM", "BNG", "ARA", "SOM", "TUR")
_TOWNS = ("Quellbridge", "Thrubton", "Wexmere", "Marlstead", "Fenhollow")
_STREETS = ("Nowhere Lane", "Made-up Street", "Invention Road", "The Nonesuch", "Figment Close")
_MARKS = tuple("".join(Random(n).choices(("/\\", "/\\", "/\\", "/\\", "II", "MM", "##"), k=190)) for n in range(8))


def block(dialect: Dialect, depth: int, tree: Tree) -> str:
    """Return an element with all that is in it; a text without value is left out."""
    pieces: list[str] = []
    _write(dialect.indent, dialect.line_end, depth, tree, pieces)
    return "".join(pieces)


def _write(indent: str, end: str, depth: int, tree: Tree, pieces: list[str]) -> None:
    tag, content = tree
    if isinstance(content, str):
        if content:
            pieces.append(f"{indent * depth}<{tag}>{content}</{tag}>{end}")
        return
    pieces.append(f"{indent * depth}<{tag}>{end}")
    for child in content:
        _write(indent, end, depth + 1, child, pieces)
    pieces.append(f"{indent * depth}</{tag}>{end}")


def basic_details(dialect: Dialect, pupil: FiledPupil, chance: Random) -> str:
    """Return ``BasicDetails``, in the order that a product in use has."""
    made = pupil.made
    content: list[Tree] = [
        ("FormerUPN", pupil.former_upn),
        ("PreferredSurname", made.surname),
        ("PreferredForename", made.forename.partition(" ")[0]),
        ("MiddleNames", "Alex" if chance.random() < 0.3 else ""),
        ("NCyearActual", "6"),
        ("Ethnicity", chance.choice(_ETHNICITIES)),
        ("EthnicitySource", "P"),
        ("Languages", [("Type", [("LanguageType", "F"), ("Language", chance.choice(_LANGUAGES))])]),
        ("ServiceChild", "N"),
        ("MedicalFlag", "false"),
        ("EnrolStatus", "C"),
    ]
    return block(dialect, 3, ("BasicDetails", content))


def before_results(dialect: Dialect, pupil: FiledPupil, chance: Random) -> str:
    """Return what a whole record has between the details and the results."""
    house = str(chance.randint(1, 99))
    street, town = chance.choice(_STREETS), chance.choice(_TOWNS)
    phones: list[Tree] = [("Phone", [("TelephoneType", "M"), ("PhoneNo", f"07700 900{chance.randrange(1000):03}")])]
    contact: list[Tree] = [
        ("Order", "1"),
        ("Title", "Mx"),
        ("Surname", pupil.made.surname),
        ("Forename", "Parent"),
        ("Gender", chance.choice("MF")),
        ("Relationship", "PAM"),
        ("Responsibility", "true"),
        ("Address", [("AddressAsPupil", "true")]),
        ("Phones", phones),
    ]
    attended = chance.randint(300, 380)
    attendance: list[Tree] = [
        ("Year", "2025"),
        ("LEA", "999"),
        ("Estab", "9999"),
        ("SchoolName", "Nowhere School"),
        ("SessionsPossible", "380"),
        ("SessionsAuthorised", str(380 - attended)),
        ("SessionsAttended", str(attended)),
        ("SessionsUnauthorised", "0"),
        ("AttendSessions", [("AttendanceStartDate", "2025-09-01"), ("AttendanceMarks", chance.choice(_MARKS))]),
    ]
    trees: list[Tree] = [
        ("FSMhistory", [("FSMreviewDate", "2025-10-01")]),
        ("LookedAfter", [("InCare", "false")]),
        ("SENhistory", [("SEN", [("StartDate", "2022-09-05"), ("SENprovision", chance.choice("KEN"))])]),
        (
            "Address",
            [
                ("BS7666Address", [("PAON", house), ("Street", street), ("Town", town)]),
                ("County", "Nowhereshire"),
                ("PostCode", "ZZ99 9ZZ"),
            ],
        ),
        ("Phones", phones),
        ("Email", "nobody@example.invalid"),
        ("Contacts", [("Contact", contact)]),
        ("Attendance", [("YearData", attendance)]),
    ]
    return "".join(block(dialect, 3, tree) for tree in trees)


def after_results(dialect: Dialect, _pupil: FiledPupil, chance: Random) -> str:
    """Return what a whole record has after the results."""
    school: list[Tree] = [
        ("LEA", "999"),
        ("Estab", "9998"),
        ("SchoolName", "Nowhere Infant School"),
        ("EntryDate", f"20{chance.randint(18, 20)}-09-03"),
        ("LeavingDate", "2022-07-21"),
        ("LastSchool", "true"),
    ]
    return block(dialect, 3, ("SchoolHistory", [("School", school)]))
