"""The first pages of everybody: read from the rooms below and put into one sentence."""
