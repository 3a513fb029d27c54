"""The history of the tables, one revision after another; revisions import no room."""
