"""Presenters of the gateway."""
