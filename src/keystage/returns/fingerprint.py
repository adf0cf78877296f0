"""A fingerprint of what a return says: equal for equal content, whatever file, order or date it came in."""

import hashlib
import json

from keystage.returns.value import Pupil, Return

VERSION = "keystage-1"
"""Part of what is hashed, so that a later way of taking fingerprints can never be mistaken for this one."""


def fingerprint(return_: Return) -> str:
    """Return 64 hexadecimal figures (SHA-256) over school, year, identities and codes.

    The order of pupils and rows, the dates of rows and of the file, and the case and spacing of a code do not count.
    """
    content = [VERSION, return_.school, return_.year, sorted(map(_of_pupil, return_.pupils))]
    return hashlib.sha256(json.dumps(content, ensure_ascii=True).encode("ascii")).hexdigest()


def _of_pupil(pupil: Pupil) -> list[object]:
    born = pupil.birth_date.isoformat() if pupil.birth_date else pupil.birth_text
    codes = sorted({(str(j.subject), j.code) for j in pupil.judgements if j.code})
    return [pupil.upn, pupil.surname, pupil.forename, born, pupil.sex, [list(pair) for pair in codes]]
