"""What the gateway keeps."""

from keystage.service.gateway.models.collections import AuthoritySettings, Collection
from keystage.service.gateway.models.figures import AreaFigures, SchoolFigures
from keystage.service.gateway.models.help import Message, ThreadSeen
from keystage.service.gateway.models.loads import LoadStage, RegistrationLoad
from keystage.service.gateway.models.moderation import CorrectionRequest, ModeratedPupil, ModerationVisit
from keystage.service.gateway.models.registration import AttendanceRegister, RegisteredPupil
from keystage.service.gateway.models.results import FileKind, PreparedFile, Release, ReleaseStage, SchoolResults
from keystage.service.gateway.models.returns import GatewayReturn, ResendRequest, State
from keystage.service.gateway.models.submissions import (
    Correction,
    HeldPupil,
    QueryAnswer,
    Receipt,
    ReceivedFile,
    Route,
    Stage,
    Submission,
)
from keystage.service.gateway.models.uploads import AuthorityUpload, UploadMember

__all__ = [
    "AreaFigures",
    "AttendanceRegister",
    "AuthoritySettings",
    "AuthorityUpload",
    "Collection",
    "Correction",
    "CorrectionRequest",
    "FileKind",
    "GatewayReturn",
    "HeldPupil",
    "LoadStage",
    "Message",
    "ModeratedPupil",
    "ModerationVisit",
    "PreparedFile",
    "QueryAnswer",
    "Receipt",
    "ReceivedFile",
    "RegisteredPupil",
    "RegistrationLoad",
    "Release",
    "ReleaseStage",
    "ResendRequest",
    "Route",
    "SchoolFigures",
    "SchoolResults",
    "Stage",
    "State",
    "Submission",
    "ThreadSeen",
    "UploadMember",
]
