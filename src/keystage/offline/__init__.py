"""What the page that checks files in the browser asks of the core: it runs there, and needs nothing but the core."""
