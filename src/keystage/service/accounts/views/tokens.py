"""The tokens of an organisation: which there are, making one, revoking one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from keystage.service.accounts.forms.tokens import TokenForm
from keystage.service.accounts.models import ApiToken
from keystage.service.accounts.presenters.tokens import may_words, tokens_of
from keystage.service.accounts.roles import Permission
from keystage.service.accounts.services import tokens as services
from keystage.service.accounts.services.refusals import NotPossible
from keystage.service.accounts.visit import Visit, needs

KINDS = tuple(services.SCOPES)


@needs(Permission.MANAGE_TOKENS, *KINDS)
def tokens(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the tokens of the organisation."""
    return render(request, "accounts/tokens.html", {"tokens": tokens_of(visit.organisation)})


@needs(Permission.MANAGE_TOKENS, *KINDS)
def make(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Make a token, and show it: once, on the answer itself."""
    form = TokenForm(request.POST if request.method == "POST" else None, organisation=visit.organisation)
    if request.method == "POST" and form.is_valid():
        try:
            made, text = services.make_token(
                visit.organisation, form.cleaned_data["name"], form.chosen_scopes, lasts=form.chosen_time,
                by=visit.person,
            )  # fmt: skip
        except NotPossible as refused:
            form.add_error(None, str(refused))
        else:
            shown = {"token": made, "text": text, "may": may_words(made.scopes)}
            return render(request, "accounts/token_made.html", shown)
    return render(request, "accounts/token_make.html", {"form": form})


@needs(Permission.MANAGE_TOKENS, *KINDS)
def revoke(request: HttpRequest, visit: Visit, token: str) -> HttpResponse:
    """Revoke a token, once it is confirmed."""
    found = ApiToken.objects.filter(organisation=visit.organisation, key=token, revoked_at=None).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        try:
            services.revoke_token(found, by=visit.person)
        except NotPossible as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"The token “{found.name}” is revoked.")
        return redirect("accounts:tokens", organisation=visit.organisation.key)
    return render(request, "accounts/token_revoke.html", {"token": found})
