"""The addresses of sign-in and of people."""

from django.urls import path

from keystage.service.accounts import views

app_name = "accounts"

urlpatterns = [
    path("", views.home, name="home"),
]
