"""Looking after an installation: what is wrong with it, saving it whole, and bringing it back."""
