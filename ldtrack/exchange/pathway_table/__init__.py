"""A pathway as a table that people write in a spreadsheet: a row for each thing, in its order."""
