"""A pupil's sex as schools write it."""

_WORDS = {"FEMALE": "F", "MALE": "M", "GIRL": "F", "BOY": "M"}


def letter(text: str) -> str:
    """Return the letter of a sex that is given as a letter of either case or as a word; any other text in capitals."""
    text = text.strip().upper()
    return _WORDS.get(text, text)
