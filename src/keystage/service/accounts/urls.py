"""The addresses of people and of their record."""

from django.urls import include, path

from keystage.service.accounts.views import audit, home, invitations, outbox, own, pages, people, tokens

app_name = "accounts"

_people = [
    path("", people.people, name="people"),
    path("invite/", invitations.invite, name="invite"),
    path("invitations/<str:invitation>/again/", invitations.again, name="invite_again"),
    path("invitations/<str:invitation>/withdraw/", invitations.withdraw, name="withdraw"),
    path("<str:person>/", people.person, name="person"),
    path("<str:person>/remove/", people.remove, name="remove"),
]

_tokens = [
    path("", tokens.tokens, name="tokens"),
    path("make/", tokens.make, name="token_make"),
    path("<str:token>/revoke/", tokens.revoke, name="token_revoke"),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("account/", own.account, name="account"),
    path("account/name/", own.name, name="name"),
    path("account/email/", own.email, name="email"),
    path("account/email/code/", own.email_code, name="email_code"),
    path("account/data/", own.data, name="data"),
    path("account/data/download/", own.data_download, name="data_download"),
    path("account/close/", own.close, name="close"),
    path("account/sign-out-everywhere/", own.everywhere, name="everywhere"),
    path("invitation/<str:token>/", invitations.follow, name="invitation"),
    path("invitation/<str:token>/accept/", invitations.accept, name="accept"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("help/", pages.help_page, name="help"),
    path("organisations/<str:organisation>/people/", include(_people)),
    path("organisations/<str:organisation>/record/", audit.audit, name="audit"),
    path("organisations/<str:organisation>/record/download/", audit.download, name="audit_download"),
    path("organisations/<str:organisation>/tokens/", include(_tokens)),
]
