"""Short anonymous surveys: what they ask, what they promise, and what of them may be shown."""
