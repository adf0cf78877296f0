"""What to tell a person who types a unique pupil number: which character is wrong, and which letter would be right."""

from dataclasses import dataclass

from keystage.pupils.upn import LENGTH, Fault, check_letter, explain_format, faults


@dataclass(frozen=True, slots=True)
class Advice:
    """What is to be said of a UPN."""

    upn: str
    """As it will be kept: in capitals, without spaces."""
    is_wrong: bool
    """Whether it cannot be a UPN as it stands."""
    words: tuple[str, ...]
    """Whole sentences; none for a sound permanent UPN."""


def tidy_upn(text: str) -> str:
    """Return a UPN in capitals and without spaces; nothing else of it is changed."""
    return "".join(text.split()).upper()


def advise(text: str) -> Advice:
    """Say what is wrong with a UPN, or worth asking about it; nothing is said of one that is not given."""
    upn = tidy_upn(text)
    found = () if not upn else faults(upn)
    wrong = {Fault.FORMAT, Fault.CHECK_LETTER}
    return Advice(upn, not wrong.isdisjoint(found), tuple(_sentence(fault, upn) for fault in found))


def _sentence(fault: Fault, upn: str) -> str:
    match fault:
        case Fault.FORMAT:
            return f"This is not a UPN: {explain_format(upn)}."
        case Fault.CHECK_LETTER:
            right = check_letter(upn[1:])
            return (
                f"It begins with {upn[0]}, but its other {LENGTH - 1} characters need {right}. If only the first letter"
                f" was mistyped, the UPN is {right}{upn[1:]}; if a figure was, the letter may be right."
            )
        case Fault.UNKNOWN_AUTHORITY:
            return f"Characters 2 to 4 are {upn[1:4]}, which is the number of no local authority that is held here."
        case Fault.TEMPORARY:
            return (
                "It is a temporary UPN: it ends in a letter. Ask the last school or the authority for a permanent one."
            )
    return ""
