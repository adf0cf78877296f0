"""Personal data at the gateway: what is kept, and one pupil in all of it."""
