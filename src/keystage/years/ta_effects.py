"""What each teacher assessment code does to the measures: which reach a standard, and which are not counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from keystage.years.codes import CodeTable
from keystage.years.frozen import Frozen
from keystage.years.outcomes import Effect
from keystage.years.provenance import Provenance
from keystage.years.reading import Part
from keystage.years.subjects import Subject

NOT_KNOWN = "not known"
"""What a page says of the effect of a code that stands in no list."""
MEASURED = (Subject.WRITING, Subject.SCIENCE)
"""The subjects whose measures come from teacher assessment; reading and maths go by their tests."""


@dataclass(frozen=True, slots=True)
class TaEffects:
    """The effect of the codes of one subject. A code that is not in ``effect`` has one that is not known."""

    subject: Subject
    effect: Mapping[str, Effect]
    higher: frozenset[str]
    """The codes that reach the higher standard (greater depth); each of them also reaches the expected one."""
    provenance: Provenance

    def by_effect(self, codes: Iterable[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return each effect in words with those of the codes that have it, in their order; ``not known`` last."""
        named = {code: self.effect.get(code, NOT_KNOWN) for code in codes}
        words = (*Effect, NOT_KNOWN)
        found = [(str(effect), tuple(code for code, of in named.items() if of == effect)) for effect in words]
        higher = ("higher standard", tuple(code for code in named if code in self.higher))
        return tuple((effect, of) for effect, of in (higher, *found) if of)


def read_ta_effects(part: Part, codes: Mapping[Subject, CodeTable]) -> Frozen[Subject, TaEffects]:
    """Read `[ta_effects.<subject>]`."""
    return Frozen({subject: _effects(subject, part.part(subject), codes[subject]) for subject in MEASURED})


def _effects(subject: Subject, part: Part, codes: CodeTable) -> TaEffects:
    found: dict[str, Effect] = {}
    for key, effect in (
        ("achieved", Effect.ACHIEVED), ("not_achieved", Effect.NOT_ACHIEVED), ("left_out", Effect.LEFT_OUT),
    ):  # fmt: skip
        for code in part.texts(key):
            if code not in codes.words or code in found:
                raise part.fault(f"`{code}` is in `{key}`.", f"a code of {subject}, each once.", key)
            found[code] = effect
    higher = frozenset(part.texts("higher"))
    if any(found.get(code) is not Effect.ACHIEVED for code in higher):
        wrong = f"`higher` is {', '.join(sorted(higher))}."
        raise part.fault(wrong, "codes that are in `achieved` too: the higher standard is part of it.", "higher")
    return TaEffects(subject, Frozen(found), higher, part.provenance(f"effects {subject}"))
