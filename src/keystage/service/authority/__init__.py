"""An authority's pages: what its schools have sent. It stands on the gateway."""
