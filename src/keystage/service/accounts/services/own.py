"""What people change of their own accounts."""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from keystage.service.accounts import mail, recording, sessions
from keystage.service.accounts.models import Person
from keystage.service.accounts.said import NOTICES
from keystage.service.accounts.services.refusals import NotPossible
from keystage.service.events.kinds import Kind


@transaction.atomic
def change_name(person: Person, name: str) -> None:
    """Give oneself another name; what was signed before keeps the old one."""
    before, person.name = person.name, name
    person.save(update_fields=["name"])
    recording.of_person(Kind.NAME_CHANGED, person, by=person, before=before, after=name)


@transaction.atomic
def change_email(person: Person, email: str) -> None:
    """Change one's email address, once a code has shown that the new one is one's own; the old one is told.

    Raises:
        NotPossible: somebody else has it.
    """
    before, person.email = person.email, email
    try:
        with transaction.atomic():
            person.save(update_fields=["email"])
    except IntegrityError:
        person.email = before
        raise NotPossible("This email address cannot be used.") from None
    EmailAddress.objects.filter(user=person).delete()
    recording.of_person(Kind.EMAIL_CHANGED, person, by=person, before=before, after=email)
    mail.send("notice", before, notice=NOTICES["email_changed"])


@transaction.atomic
def sign_out_everywhere(person: Person) -> None:
    """End every session of one's own."""
    sessions.end_all(person)
    recording.of_person(Kind.SESSIONS_ENDED, person, by=person)
