"""Files that are brought in: looked at, stored in parts and taken back, each safe to go on with."""
