"""The look, as Django knows it."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """Brings templates and static files; it has no tables."""

    name = "keystage.service.design"
    label = "design"
    verbose_name = "Design"
