"""The addresses of the gateway: for schools, for the agency, and for those who are given results."""
