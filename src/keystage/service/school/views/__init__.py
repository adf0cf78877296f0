"""The pages of the school's side."""
