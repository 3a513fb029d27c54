"""A whole programme as one file (`ldtrack-programme/1`), without anybody's name in it."""
