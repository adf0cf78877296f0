"""Views of the authority's pages."""
