"""Signatures: who must sign, what each signs, and what a signature covers."""

from datetime import UTC, datetime, timedelta

import pytest

from keystage.returns.fingerprint import fingerprint
from keystage.returns.judgement import judgement
from keystage.returns.signing import Required, Role, Signature, Signatures, content_for, covers
from keystage.returns.value import Extra, Pupil, Return
from keystage.years import Subject

AT = datetime(2026, 6, 24, 13, 5, tzinfo=UTC)
ADA = Pupil("P1", "Example", "Ada", None, "", "F", judgements=(judgement(Subject.WRITING, "EXS"),))
BEN = Pupil("P2", "Sample", "Ben", None, "", "M")
WHOLE = Return("9991234", 2026, (ADA, BEN), (Extra("test", "a test", 0, 0),))
TEACHER_A, HEAD = Required(Role.TEACHER, "6A"), Required(Role.HEADTEACHER)


def test_each_class_has_its_teacher_sign_and_the_head_signs_at_the_end():
    required = Signatures((), ("6B", "6A", "6B", "")).required()
    assert required == (Required(Role.TEACHER, "6B"), TEACHER_A, Required(Role.TEACHER, ""), HEAD)


def test_a_return_without_pupils_is_signed_by_the_head_alone():
    assert Signatures((), ()).required() == (HEAD,)


def test_a_teacher_signs_the_class_and_the_head_the_whole():
    assert content_for(WHOLE, ("6A", "6B"), TEACHER_A) == Return("9991234", 2026, (ADA,))
    assert content_for(WHOLE, ("6A", "6B"), HEAD) == Return("9991234", 2026, (ADA, BEN))


def test_every_pupil_must_have_a_class():
    with pytest.raises(ValueError, match="zip"):
        content_for(WHOLE, ("6A",), HEAD)


def test_a_signature_covers_what_was_signed_and_nothing_else():
    signed = content_for(WHOLE, ("6A", "6B"), TEACHER_A)
    signature = Signature(Role.TEACHER, "T. Teacher", AT, fingerprint(signed), "6A")
    assert covers(signature, signed)
    assert not covers(signature, Return("9991234", 2026, (ADA._replace(judgements=()),)))


def test_the_latest_signature_counts():
    first = Signature(Role.TEACHER, "T. Teacher", AT, "1", "6A")
    second = Signature(Role.TEACHER, "T. Teacher", AT + timedelta(hours=1), "2", "6A")
    other = Signature(Role.TEACHER, "O. Other", AT + timedelta(hours=2), "3", "6B")
    signatures = Signatures((second, first, other), ("6A", "6B"))
    assert signatures.latest(TEACHER_A) is second
    assert signatures.latest(HEAD) is None
