"""Views of the gateway."""
