"""The agency's pages."""
