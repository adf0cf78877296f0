"""The token with which the gateway knows a school: set, taken out, and used; where it has none, the installation's."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from keystage.service.accounts.models import Organisation, Person
from keystage.service.config.refusals import NotAllowedNow
from keystage.service.config.sealing import Unreadable, seal, unseal
from keystage.service.events.kinds import Kind
from keystage.service.events.record import record
from keystage.service.school.models import GatewayToken, SchoolReturn

_PURPOSE = "gateway token"
_PRACTICE = "This is a practice school: nothing of it is ever sent, so it needs no token."
_NONE = (
    "Several schools are served here, and your school has no token of its own, so the gateway would not know it. The"
    " headteacher or the account manager enters it under “Gateway token”. Nothing was sent."
)
_UNREADABLE = (
    "The school’s token for the gateway cannot be read any more: the secret key of this installation is another one"
    " now. The headteacher or the account manager enters it again under “Gateway token”. Nothing was sent."
)


def token_for(school: Organisation) -> str:
    """Return the token with which the gateway knows a school; empty where none is set and none is needed.

    The installation's own token (``KEYSTAGE_GATEWAY_TOKEN``) stands in where it serves one school alone: it is one
    school's, and would make another send in its name.

    Raises:
        NotAllowedNow: the school's token cannot be read, or the school needs one of its own.
    """
    held = GatewayToken.objects.filter(organisation=school).first()
    if held is not None:
        try:
            return unseal(held.sealed, _PURPOSE)
        except Unreadable:
            raise NotAllowedNow(_UNREADABLE) from None
    token: str = settings.ENVIRONMENT.gateway_token.get_secret_value()
    if token and is_one_of_several(school):
        raise NotAllowedNow(_NONE)
    return token


def is_one_of_several(school: Organisation) -> bool:
    """Say whether other schools, practice schools aside, keep their records here too."""
    others = SchoolReturn.objects.filter(organisation__is_practice=False).exclude(organisation=school)
    return others.exists()


@transaction.atomic
def set_token(school: Organisation, token: str, *, by: Person) -> None:
    """Keep a school's token, in the place of one that it had.

    Raises:
        NotAllowedNow: it is a practice school.
    """
    if school.is_practice:
        raise NotAllowedNow(_PRACTICE)
    held = {"sealed": seal(token, _PURPOSE), "set_by": by, "set_at": timezone.now()}
    GatewayToken.objects.update_or_create(organisation=school, defaults=held)
    record(Kind.GATEWAY_TOKEN_SET, by=by, organisation=school, target=school.key)


@transaction.atomic
def remove_token(school: Organisation, *, by: Person) -> None:
    """Take a school's token out.

    Raises:
        NotAllowedNow: there is none.
    """
    if not GatewayToken.objects.filter(organisation=school).delete()[0]:
        raise NotAllowedNow("There is no token any more: somebody took it out before.")
    record(Kind.GATEWAY_TOKEN_REMOVED, by=by, organisation=school, target=school.key)
