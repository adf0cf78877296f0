"""What people are asked for about themselves and about others."""
