"""Work in the background: mail is delivered, reviews are made, cycles are closed."""
