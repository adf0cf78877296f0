"""People, organisations, what each role may do, and sign-in."""
