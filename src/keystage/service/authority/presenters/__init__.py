"""Presenters of the authority's pages."""
