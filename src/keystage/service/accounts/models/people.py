"""People, organisations, and who is what where."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from keystage.service.config.keys import new_key


class People(BaseUserManager["Person"]):
    """Makes people and finds them by their email address, in capitals or not."""

    def create_user(self, email: str, password: str | None = None, *, name: str = "") -> "Person":
        """Make a person; without a password nobody can sign in as them until one is chosen."""
        person = self.model(email=self.normalize_email(email).lower(), name=name)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Find a person by email address."""
        return self.get(email=(username or "").lower())


class Person(AbstractBaseUser):
    """Somebody who can sign in. The email address is the user name, kept in small letters."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    email = models.EmailField("email address", unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    session_epoch = models.PositiveIntegerField(default=0)
    """Goes up when every session of the person must end; a session of an earlier epoch is no session."""
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_person_per_email")]

    def __str__(self) -> str:
        return self.name or self.email


class Organisation(models.Model):
    """A school, an authority, a trust, a secondary school or the agency."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    number = models.CharField(max_length=7, blank=True)
    """A school's DfE number (seven figures), an authority's number (three); empty for the others."""
    urn = models.CharField(max_length=6, blank=True)
    trust = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="schools")
    """The trust that a school belongs to; None where it belongs to none."""
    is_practice = models.BooleanField(default=False)
    """Whether everything in it is made up; said on every page, and nothing of it is ever sent."""
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "number"],
                condition=~models.Q(number="") & models.Q(is_practice=False),
                name="one_organisation_per_number",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def in_words(self) -> str:
        """The organisation as a sentence says it: ``the trust``."""
        return "the school" if self.kind.endswith("school") else f"the {self.kind}"

    @property
    def authority_number(self) -> str:
        """The three figures of the authority that a school is in."""
        return self.number[:3]


class FormerNumber(models.Model):
    """A number that a school had before, and until when."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="former_numbers")
    number = models.CharField(max_length=7)
    until = models.DateField()

    def __str__(self) -> str:
        return f"{self.number} until {self.until:%d/%m/%Y}"


class Membership(models.Model):
    """That a person is something in an organisation. It is ended, never deleted: the history stays."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20)
    classes = models.JSONField(default=list, blank=True)
    """The names of the classes a teacher teaches, and signs for; empty for all."""
    since = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "role"],
                condition=models.Q(ended_at=None),
                name="one_membership_per_role",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.role} at {self.organisation}"
