"""Services of the authority's pages."""
