"""Organisations, units, people, accounts and sign-in."""
