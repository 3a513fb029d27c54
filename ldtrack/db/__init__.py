"""Base class, column types, engine, sessions and migrations; knows no room."""
