"""Personal data on the school's side: what is kept, and one pupil in all of it."""
