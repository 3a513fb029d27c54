"""Two made-up organisations to look around in; stored through the same doors as real ones."""
