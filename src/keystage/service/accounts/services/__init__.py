"""Every change of people, with its event."""
