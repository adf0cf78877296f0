"""What is kept of the people who use the service, of organisations, and by the libraries underneath."""

from collections.abc import Sequence

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django_tasks_db.models import DBTaskResult

from keystage.service.accounts.models import (
    ApiToken,
    FormerNumber,
    Invitation,
    KeptEmail,
    Membership,
    Organisation,
    Person,
)
from keystage.service.events.models import Erasure, Event
from keystage.service.personal.kept import Keep, Kept, fields
from keystage.service.personal.models import Doomed, LegalHold

_SIGN_IN = "Signing in, and that nobody else signs in as them."
_WHO = "Who may do what, and who did."
_NOBODY = "It is about nobody."

ENTRIES: Sequence[Kept] = (
    Kept(
        Event, "The record of who did what", "Who did what, so that it can be answered for.", Keep.EVENTS,
        "What was said of somebody is taken out; what was done, when, by whom and to which key stays.",
        pupil=fields("target data"), people=fields("person data"), nothing=fields("at kind year part"),
        mixed=lambda _subject: Event.objects.none(),  # by keys: personal/copying.py and personal/erasing.py
    ),
    Kept(
        Erasure, "Erasures", "Proof that something was erased, and the only way that the record loses words.",
        Keep.FOREVER, "Stays: keys that lead nowhere, and numbers.",
        people=fields("by reason"), nothing=fields("what at targets before counts finished_at"),
    ),
    Kept(
        LegalHold, "Legal holds", "What must not be erased, and why.", Keep.FOREVER, "Stays.",
        people=fields("by ended_by reason"), nothing=fields("pupil at ended_at"),
    ),
    Kept(Doomed, "Content that is to go", _NOBODY, Keep.STORE, "Deleted.", nothing=fields("content at")),
    Kept(
        Person, "People", _WHO, Keep.ACCOUNT,
        "Address and password are taken out at once, the name when the record’s words go; the key stays.",
        people=fields("password last_login email name"), nothing=fields("is_active session_epoch created_at"),
    ),
    Kept(
        Membership, "Who is what where", _WHO, Keep.FOREVER, "Ended, and stays, of somebody without a name.",
        people=fields("person role classes"), nothing=fields("since ended_at"),
    ),
    Kept(
        Invitation, "Invitations", _WHO, Keep.INVITATION, "Deleted.",
        people=fields("email roles classes invited_by accepted_by"),
        nothing=fields("token_hash sent_at expires_at accepted_at withdrawn_at"),
    ),
    Kept(
        ApiToken, "Tokens of programs", _WHO, Keep.INVITATION, "Deleted, unless a file came by it.",
        people=fields("made_by name"), nothing=fields("token_hash scopes made_at expires_at used_at revoked_at"),
    ),
    Kept(
        KeptEmail, "Emails of a demonstration", "So that a demonstration works without email.", Keep.EMAIL, "Deleted.",
        people=fields("to subject body"), nothing=fields("at"),
    ),
    Kept(
        Organisation, "Organisations", _WHO, Keep.ORGANISATION, "Stays.",
        nothing=fields("kind name number urn is_practice created_at"),
    ),
    Kept(FormerNumber, "Former numbers", _NOBODY, Keep.ORGANISATION, "Stays.", nothing=fields("number until")),
    Kept(
        Session, "Sessions", _SIGN_IN, Keep.SESSION, "Deleted; codes for signing in and messages go with it.",
        people=fields("session_data"), nothing=fields("session_key expire_date"),
    ),
    Kept(
        EmailAddress, "Addresses being confirmed", _SIGN_IN, Keep.ACCOUNT, "Deleted.",
        people=fields("user email"), nothing=fields("verified primary"),
    ),
    Kept(
        EmailConfirmation, "Confirmations of addresses", _SIGN_IN, Keep.ACCOUNT, "Deleted.",
        people=fields("key"), nothing=fields("created sent"),
    ),
    Kept(
        Authenticator, "Authenticator apps, passkeys, recovery codes", _SIGN_IN, Keep.ACCOUNT, "Deleted.",
        people=fields("user type data last_used_at"), nothing=fields("created_at"),
    ),
    Kept(
        SocialAccount, "Sign-in with a provider", _SIGN_IN, Keep.ACCOUNT, "Deleted.",
        people=fields("user uid extra_data last_login"), nothing=fields("provider date_joined"),
    ),
    Kept(
        SocialToken, "Tokens of a provider", _SIGN_IN, Keep.ACCOUNT, "Deleted.",
        people=fields("token token_secret"), nothing=fields("expires_at"),
    ),
    Kept(
        SocialApp, "Providers", _NOBODY, Keep.ORGANISATION, "Stays.",
        nothing=fields("provider provider_id name client_id secret key settings"),
    ),
    Kept(
        DBTaskResult, "Jobs", "Work in the background. It holds keys, and the addresses of those who get email.",
        Keep.JOB, "Deleted.",
        pupil=fields("args_kwargs"), people=fields("args_kwargs return_value traceback"),
        nothing=fields(
            "status enqueued_at started_at finished_at priority task_path worker_ids queue_name backend_name run_after"
            " exception_class_path"
        ),
        mixed=lambda _subject: DBTaskResult.objects.finished(), in_copy=False,
    ),
    Kept(Group, "Groups of the library, not used", _NOBODY, Keep.FOREVER, "Stays.", nothing=fields("name")),
    Kept(
        Permission, "Permissions of the library, not used", _NOBODY, Keep.FOREVER, "Stays.",
        nothing=fields("name codename"),
    ),
    Kept(ContentType, "Names of models", _NOBODY, Keep.FOREVER, "Stays.", nothing=fields("app_label model")),
)  # fmt: skip
"""One for each model that both sides share."""
