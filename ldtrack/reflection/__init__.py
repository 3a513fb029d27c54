"""The journal: entries that belong to their author alone unless shared with the coach."""
