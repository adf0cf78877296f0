"""The register: the pupils that the gateway expects, with where each stands for each test."""

from dataclasses import dataclass
from datetime import date

from keystage.pupils.names import full_name
from keystage.years.registration import PupilStatus, TestStatus
from keystage.years.subjects import Subject, Test


@dataclass(frozen=True, slots=True)
class Expected:
    """One pupil on the register."""

    upn: str
    surname: str
    forename: str
    birth_date: date | None
    sex: str
    former_upn: str = ""
    reading: TestStatus = TestStatus.REGISTERED
    maths: TestStatus = TestStatus.REGISTERED
    gps: TestStatus = TestStatus.REGISTERED
    status: PupilStatus = PupilStatus.REGISTERED
    date_left: date | None = None
    moderated_writing: str = ""
    """The judgement recorded by the authority's moderator; empty where the pupil was not in the sample."""

    @property
    def name(self) -> str:
        """The pupil's name as lists show it."""
        return full_name(self.surname, self.forename)

    @property
    def test_statuses(self) -> dict[Test, TestStatus]:
        """Where the pupil stands for each test."""
        return {Test.READING: self.reading, Test.MATHS: self.maths, Test.GPS: self.gps}

    @property
    def has_left(self) -> bool:
        """Whether the register says that the pupil left: as a whole, or for every test."""
        return self.status is PupilStatus.LEFT or self.reading is self.maths is self.gps is TestStatus.LEFT

    @property
    def is_expected(self) -> bool:
        """Whether the pupil must be in the return. Only a pupil who was registered by mistake need not be."""
        return self.status is not PupilStatus.UNREGISTERED

    def status_for(self, subject: Subject) -> str:
        """Return the status that decides what is owed in a subject: of its test where it has one, else the pupil's."""
        if self.status is not PupilStatus.REGISTERED:
            return self.status
        if self.has_left:
            return PupilStatus.LEFT
        return {Subject.READING: self.reading, Subject.MATHS: self.maths}.get(subject, self.status)


@dataclass(frozen=True, slots=True)
class Register:
    """The register of a school."""

    pupils: tuple[Expected, ...]
    name: str = ""
    """The file it was read from."""
