"""The web application: the school's side, the gateway and the authority, on Django."""
