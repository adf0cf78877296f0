"""What the gateway does in the background."""
