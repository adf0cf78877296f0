"""Forms of the gateway."""
