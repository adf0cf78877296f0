"""Inviting people to an organisation, and following an invitation."""

from collections.abc import Callable

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from keystage.service.accounts import mail
from keystage.service.accounts.forms.people import AcceptForm, InviteForm
from keystage.service.accounts.models import Invitation, Person
from keystage.service.accounts.roles import OrganisationKind, Permission
from keystage.service.accounts.services import invitations as services
from keystage.service.accounts.services.refusals import NotPossible
from keystage.service.accounts.visit import Visit, needs

_NOT_SENT = "The email could not be sent, so nothing has changed. Try again in a few minutes."


@needs(Permission.MANAGE_PEOPLE, *OrganisationKind)
def invite(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Invite somebody to the organisation."""
    form = InviteForm(request.POST if request.method == "POST" else None, organisation=visit.organisation)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        chosen = (form.chosen_roles, form.chosen_classes)
        try:
            services.invite(visit.organisation, email, *chosen, by=visit.person, link=_link(request))
        except NotPossible as refused:
            form.add_error("email", str(refused))
        except mail.MailFailed:
            form.add_error(None, _NOT_SENT)
        else:
            messages.success(request, f"Invitation sent to {email}.")
            return _people(visit)
    return render(request, "accounts/invite.html", {"form": form})


@needs(Permission.MANAGE_PEOPLE, *OrganisationKind)
def again(request: HttpRequest, visit: Visit, invitation: str) -> HttpResponse:
    """Send an invitation once more, once it is confirmed."""
    found = _invitation(visit, invitation)
    if request.method == "POST":
        _do(request, f"Invitation sent to {found.email} again.", lambda: _again(request, visit, found))
        return _people(visit)
    return render(request, "accounts/invite_again.html", {"invitation": found})


@needs(Permission.MANAGE_PEOPLE, *OrganisationKind)
def withdraw(request: HttpRequest, visit: Visit, invitation: str) -> HttpResponse:
    """Withdraw an invitation, once it is confirmed."""
    found = _invitation(visit, invitation)
    if request.method == "POST":
        done = f"The invitation to {found.email} has been withdrawn."
        _do(request, done, lambda: services.withdraw(found, by=visit.person))
        return _people(visit)
    return render(request, "accounts/withdraw.html", {"invitation": found})


@never_cache
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Show an invitation to the person who was invited: they make an account, or sign in with theirs."""
    invitation = services.find(token)
    if invitation is None:
        return render(request, "accounts/invitation_gone.html", status=404)
    if Person.objects.filter(email=invitation.email).exists() or request.user.is_authenticated:
        mine = getattr(request.user, "email", "") == invitation.email
        context = {"invitation": invitation, "token": token, "mine": mine}
        return render(request, "accounts/invitation.html", context)
    form = AcceptForm(request.POST if request.method == "POST" else None, email=invitation.email)
    if request.method == "POST" and form.is_valid():
        try:
            person = services.accept_as_new(token, form.cleaned_data["name"], form.cleaned_data["password"])
        except NotPossible as refused:
            form.add_error(None, str(refused))
        else:
            record_authentication(request, person, "password", email=person.email)
            return _sign_in(request, person)
    return render(request, "accounts/accept.html", {"form": form, "invitation": invitation})


@require_POST
@never_cache
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Let the person who is signed in be what they were invited as."""
    if not isinstance(request.user, Person):
        return redirect(f"{reverse('account_login')}?next={reverse('accounts:invitation', args=[token])}")
    try:
        organisation = services.accept(token, request.user)
    except NotPossible as refused:
        messages.error(request, str(refused))
        return redirect("accounts:home")
    messages.success(request, f"You belong to {organisation} now.")
    return redirect("accounts:home")


def _sign_in(request: HttpRequest, person: Person) -> HttpResponse:
    """Sign in the new person as anybody: with a second step."""
    response: HttpResponse = perform_login(request, Login(user=person, email=person.email))
    return response


def _again(request: HttpRequest, visit: Visit, invitation: Invitation) -> None:
    services.send_again(invitation, by=visit.person, link=_link(request))


def _do(request: HttpRequest, done: str, act: Callable[[], None]) -> None:
    try:
        act()
    except NotPossible as refused:
        messages.error(request, str(refused))
    except mail.MailFailed:
        messages.error(request, _NOT_SENT)
    else:
        messages.success(request, done)


def _link(request: HttpRequest) -> services.LinkOf:
    return lambda token: request.build_absolute_uri(reverse("accounts:invitation", args=[token]))


def _invitation(visit: Visit, key: str) -> Invitation:
    found = Invitation.objects.filter(
        organisation=visit.organisation, key=key, accepted_at=None, withdrawn_at=None
    ).first()
    if found is None:
        raise Http404
    return found


def _people(visit: Visit) -> HttpResponse:
    return redirect("accounts:people", organisation=visit.organisation.key)
