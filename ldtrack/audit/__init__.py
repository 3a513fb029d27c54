"""Who did and saw what, kept for good."""
