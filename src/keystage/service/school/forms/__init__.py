"""What people fill in, checked, with words that say how to put it right."""
