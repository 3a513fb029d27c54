"""Stretch assignments: openings, who is placed in them, what they delivered, and the look back."""
