"""Triads: their seats, their rounds, what three people promise and tell each other."""
