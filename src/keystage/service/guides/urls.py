"""The addresses of the guides, below ``guides/``: anybody may read them."""

from django.urls import path

from keystage.service.guides import views

app_name = "guides"

urlpatterns = [
    path("", views.guides, name="guides"),
    path("<slug:slug>/", views.guide, name="guide"),
]
