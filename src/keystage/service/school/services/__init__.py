"""Every write of the school's side, each with its event in the same transaction."""
