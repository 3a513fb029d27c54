"""File formats in and out; what comes in is stored by the rooms below, never here."""
