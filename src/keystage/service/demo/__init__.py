"""A made-up school to practise with: no real person is in it."""
