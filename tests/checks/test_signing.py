"""S01 and S02: the signatures, in a return from the school's own records."""

from datetime import UTC, datetime

from checks.build import ADA, BEN, CAI, SOUND, a_return, pupil
from checks.cases import Given, fires, passes
from keystage.returns.fingerprint import fingerprint
from keystage.returns.signing import Required, Role, Signature, Signatures, content_for
from keystage.returns.value import Return

AT = datetime(2026, 6, 24, 13, 5, tzinfo=UTC)
"""14:05 in London."""
CLASSES = ("6A", "6B")
TEACHER_A, TEACHER_B, HEAD = Required(Role.TEACHER, "6A"), Required(Role.TEACHER, "6B"), Required(Role.HEADTEACHER)
PEOPLE = {TEACHER_A: "T. Teacher", TEACHER_B: "S. Second", HEAD: "H. Head"}
BOTH = a_return(pupil(), pupil(BEN))


def signed(
    now: Return,
    *,
    by: tuple[Required, ...] = (TEACHER_A, TEACHER_B, HEAD),
    then: Return = BOTH,
    classes: tuple[str, ...] = CLASSES,
    is_kept: bool = True,
) -> Given:
    """Give a return that some people signed as it was then."""
    given = []
    for required in by:
        content = content_for(then, CLASSES[: len(then.pupils)], required)
        kept = content if is_kept else None
        given.append(Signature(required.role, PEOPLE[required], AT, fingerprint(content), required.class_name, kept))
    return Given(now, signatures=Signatures(tuple(given), classes))


# -- S01 -----------------------------------------------------------------------------------------------------------


@fires("S01", times=3, value="6A", says="The teacher of class 6A has not signed the judgements.")
def test_nobody_has_signed():
    return signed(BOTH, by=())


@fires("S01", value=None, says="The headteacher has not signed the judgements.")
def test_the_headteacher_has_not_signed():
    return signed(BOTH, by=(TEACHER_A, TEACHER_B))


@fires("S01", value="6B", says="The teacher of class 6B has not signed the judgements.")
def test_the_teacher_of_one_class_has_not_signed():
    return signed(BOTH, by=(TEACHER_A, HEAD))


@fires("S01", says="A teacher of pupils without a class has not signed the judgements.")
def test_nobody_signed_for_a_pupil_without_a_class():
    return signed(BOTH, classes=("6A", ""))


@passes("S01")
def test_everybody_has_signed():
    return signed(BOTH)


@passes("S01")
def test_what_was_signed_and_changed_is_not_unsigned():
    return signed(a_return(pupil(writing="GDS"), pupil(BEN)))


@passes("S01", ran=False)
def test_a_file_does_not_say_who_signed():
    return SOUND


@passes("S01", ran=False)
def test_records_come_without_signatures():
    return BOTH


# -- S02 -----------------------------------------------------------------------------------------------------------

CHANGED = a_return(pupil(writing="GDS"), pupil(BEN))


@fires("S02", upn=ADA[0], pupil="Example, Ada", subject="writing", value="GDS")
def test_a_judgement_was_changed():
    return signed(CHANGED)


@fires(
    "S02",
    says="Ada Example had EXS in writing and has GDS now, after T. Teacher (teacher of 6A) signed on 24/06/2026 at"
    " 14:05 and H. Head (headteacher) signed on 24/06/2026 at 14:05.",
    advises="ask T. Teacher and H. Head to read it and sign again",
)
def test_it_is_said_once_whose_signatures_no_longer_hold():
    return signed(CHANGED)


@fires("S02", says="after T. Teacher (teacher of 6A) signed on")
def test_a_change_is_of_its_own_class_alone():
    return signed(CHANGED, by=(TEACHER_A, TEACHER_B))


@fires("S02", subject="science", value=None, says="had EXS in science and has none now")
def test_a_judgement_was_taken_out():
    return signed(a_return(pupil(science=""), pupil(BEN)))


@fires("S02", subject="maths", value="EM", says="had no judgement in maths and has EM now")
def test_a_judgement_was_added():
    return signed(a_return(pupil(maths="EM"), pupil(BEN)))


@fires("S02", times=2, subject="writing")
def test_each_cell_is_named():
    return signed(a_return(pupil(writing="GDS"), pupil(BEN, science="HNM")))


@fires("S02", subject=None, value="Newname", says="The surname of Ada Newname was Example and is Newname now, after")
def test_a_name_was_changed():
    return signed(a_return(pupil(surname="Newname"), pupil(BEN)))


@fires("S02", says="The date of birth of Ada Example was 2015-03-09 and is 2015-03-10 now, after")
def test_a_date_of_birth_was_changed():
    return signed(a_return(pupil((*ADA[:3], "2015-03-10", "F")), pupil(BEN)))


@fires("S02", upn=CAI[0], pupil="Specimen, Cai", says="Cai Specimen was added, after")
def test_a_pupil_was_added():
    return signed(a_return(pupil(), pupil(BEN), pupil(CAI)), classes=("6A", "6B", "6B"))


@fires("S02", upn=BEN[0], pupil="Sample, Ben", says="Ben Sample was taken out, after H. Head (headteacher) signed")
def test_a_pupil_was_taken_out():
    return signed(a_return(pupil()), classes=("6A",))


@fires("S02", upn=None, says="The return was changed, after T. Teacher")
def test_it_is_not_known_what_was_signed():
    return signed(CHANGED, is_kept=False)


@fires("S02", says="The return was changed, after T. Teacher")
def test_the_school_was_changed():
    return signed(Return("9995678", 2026, BOTH.pupils))


@passes("S02")
def test_what_was_signed_still_stands():
    return signed(BOTH)


@passes("S02")
def test_the_order_of_pupils_is_no_change():
    return signed(a_return(pupil(BEN), pupil()), classes=("6B", "6A"))


@passes("S02")
def test_what_nobody_signed_cannot_have_changed_since():
    return signed(CHANGED, by=())


@passes("S02", ran=False)
def test_a_file_does_not_say_what_was_signed():
    return SOUND
