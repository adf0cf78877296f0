"""Forms of the authority's pages."""
