"""The statuses a pupil may have on the register of expected pupils, for each test and as a whole."""

from dataclasses import dataclass
from enum import StrEnum

from keystage.years.provenance import Provenance
from keystage.years.reading import E, Part


class TestStatus(StrEnum):
    """Where a pupil stands for one test."""

    __test__ = False  # no class of tests, whatever pytest makes of the name

    REGISTERED = "registered"
    BELOW = "below"
    FUTURE = "future"
    PREVIOUS = "previous"
    LEFT = "left"
    ABSENT = "absent"
    UNABLE = "unable"
    JUST_ARRIVED = "just-arrived"


class PupilStatus(StrEnum):
    """Where a pupil stands as a whole."""

    REGISTERED = "registered"
    LEFT = "left"
    UNREGISTERED = "unregistered"


@dataclass(frozen=True, slots=True)
class RegistrationStatus:
    """A status, its letter where it has one, and what it means."""

    word: str
    letter: str | None
    meaning: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Registration:
    """The statuses for a test, and those for the pupil as a whole."""

    test: tuple[RegistrationStatus, ...]
    pupil: tuple[RegistrationStatus, ...]
    provenance: Provenance

    def test_status(self, text: str) -> TestStatus | None:
        """Read a word or a letter; nothing written means registered; None where it is neither."""
        word = _word(text, self.test)
        return TestStatus(word) if word else None

    def pupil_status(self, text: str) -> PupilStatus | None:
        """Read a word or a letter; nothing written means registered; None where it is neither."""
        word = _word(text, self.pupil)
        return PupilStatus(word) if word else None


def _word(text: str, statuses: tuple[RegistrationStatus, ...]) -> str | None:
    text = text.strip().casefold()
    if not text:
        return "registered"
    return next((each.word for each in statuses if text in (each.word, (each.letter or "").casefold())), None)


def read_registration(part: Part) -> Registration:
    """Read `[registration]`; every word of both lists must be there."""
    said = part.provenance("registration")
    return Registration(_statuses(part, "test", TestStatus, said), _statuses(part, "pupil", PupilStatus, said), said)


def _statuses(part: Part, key: str, words: type[E], said: Provenance) -> tuple[RegistrationStatus, ...]:
    found: dict[str, RegistrationStatus] = {}
    for row in part.parts(key):
        word = row.choice("word", words)
        if word in found:
            raise row.fault(f"The status `{word}` stands twice.", "each word once.", "word")
        found[word] = RegistrationStatus(
            word, row.maybe("letter", str), row.text("meaning"), row.provenance(f"registration {key} {word}", said)
        )
    if missing := [word for word in words if word not in found]:
        raise part.fault(f"`{key}` lacks {', '.join(missing)}.", f"each of {', '.join(words)}.", key)
    return tuple(found.values())
