"""The names of elements in a Common Transfer File, and how a name that is nearly right is recognised.

Sources: the file formats of two services of the Department for Education that write the file, and fragments of the
CTF 10 schema. No published schema was available, so names that are not here are kept and reported, never refused.
"""

ROOT = "CTfile"
ROW = "StageAssessment"

CONTAINERS = frozenset(
    {ROOT, "Header", "SourceSchool", "DestSchool", "CTFpupilData", "Pupil", "StageAssessments", "KeyStage"}
)
"""Elements whose parts are read one by one."""

HEADER_FIELDS = (
    "DocumentName",
    "CTFversion",
    "DateTime",
    "DocumentQualifier",
    "DataQualifier",
    "DataDescriptor",
    "SupplierID",
)
SCHOOL_FIELDS = ("LEA", "Estab", "URN", "SchoolName", "AcademicYear")
PUPIL_FIELDS = ("UPN", "UniqueLearnerNumber", "UCI", "Surname", "Forename", "DOB", "Gender", "Sex")
ROW_FIELDS = (
    "Locale",
    "Year",
    "Subject",
    "Method",
    "Component",
    "ResultStatus",
    "ResultQualifier",
    "Result",
    "ResultDate",
)

SECTIONS_BEFORE_RESULTS = (
    "BasicDetails",
    "FSMhistory",
    "NAWdetails",
    "LookedAfter",
    "SENhistory",
    "Address",
    "Phones",
    "Email",
    "Contacts",
    "Attendance",
)
SECTIONS_AFTER_RESULTS = ("SchoolHistory",)
SECTIONS = frozenset({*SECTIONS_BEFORE_RESULTS, *SECTIONS_AFTER_RESULTS, "SuppInfo"})
"""Elements that are kept whole, because this return has no use for their parts."""

KNOWN = frozenset(
    {*CONTAINERS, ROW, "Stage", *HEADER_FIELDS, *SCHOOL_FIELDS, *PUPIL_FIELDS, *ROW_FIELDS, *SECTIONS, "FormerUPN"}
)

_BY_FOLDED = {name.casefold(): name for name in KNOWN}


def canonical(name: str) -> str | None:
    """Return the known name that an element's name means, whatever its prefix and case; None where there is none."""
    return name if name in KNOWN else _BY_FOLDED.get(name.rpartition(":")[2].casefold())
