"""Two made-up organisations to look around in; stored through the same doors as real ones."""

from ldtrack.demo.loader import DemoReport, Loaded, load

__all__ = ["DemoReport", "Loaded", "load"]
