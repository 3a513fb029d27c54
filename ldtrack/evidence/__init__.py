"""The append-only ledger of what was observed of a person; it never judges what that means."""
