"""The addresses of sign-in and of people."""

from django.urls import path

from keystage.service.accounts import views

app_name = "accounts"

urlpatterns = [
    path("", views.home, name="home"),
    path("account/", views.account, name="account"),
    path("schools/<str:organisation>/people/", views.people, name="people"),
    path("schools/<str:organisation>/record/", views.audit, name="audit"),
]
