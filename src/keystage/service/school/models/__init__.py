"""What the school's side keeps."""

from keystage.service.school.models.access import GatewayToken
from keystage.service.school.models.files import Export, ExportSettings, Incoming, StoredFile
from keystage.service.school.models.judgements import Judgement, QueryNote
from keystage.service.school.models.reports import IssuedReport, PupilReport, ReportSettings
from keystage.service.school.models.results import PupilResult, ResultsLoad
from keystage.service.school.models.returns import SchoolReturn, Stage
from keystage.service.school.models.roll import Expected, Pupil
from keystage.service.school.models.signing import Delegation, Signature

__all__ = [
    "Delegation",
    "Expected",
    "Export",
    "ExportSettings",
    "GatewayToken",
    "Incoming",
    "IssuedReport",
    "Judgement",
    "Pupil",
    "PupilReport",
    "PupilResult",
    "QueryNote",
    "ReportSettings",
    "ResultsLoad",
    "SchoolReturn",
    "Signature",
    "Stage",
    "StoredFile",
]
