"""Files that people hand in: kept with the row that tells of them, never opened here."""
