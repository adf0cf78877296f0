"""A guide, as plain values for any page to show."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, and where it was read; without a source it holds for every system."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Fix:
    """How something that checks find is put right in the system."""

    title: str
    codes: tuple[str, ...]
    """The checks that find it."""
    steps: tuple[str, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide to one system."""

    key: str
    """Its name in addresses and on the command line: ``sims``."""
    name: str
    made_by: str
    """Its maker, where that has another name; else empty."""
    words: tuple[str, ...]
    """Words by which a file's supplier is recognised, in small letters."""
    recognised: str
    """How sure that is."""
    known: str
    """How much is known of the system, and from where."""
    export: tuple[Step, ...]
    fixes: tuple[Fix, ...]
    not_known: tuple[str, ...]

    @property
    def full_name(self) -> str:
        """The name with that of its maker, where that is another."""
        return f"{self.name} ({self.made_by})" if self.made_by else self.name

    @property
    def codes(self) -> frozenset[str]:
        """The checks whose findings it says how to put right."""
        return frozenset(code for fix in self.fixes for code in fix.codes)

    def fix_for(self, code: str) -> Fix | None:
        """Return how what a check finds is put right, where that is known."""
        return next((fix for fix in self.fixes if code in fix.codes), None)
