"""Work in the background: workers, their signs of life, and what a killed process has left behind."""
