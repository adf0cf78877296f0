"""Personal data: what is kept of whom and for how long; giving it out, holding it, erasing it, and letting it go."""
