"""1EdTech CASE 1.1 packages, in and out.

What a package says that has no place here is kept as it came and goes out again unchanged; what
has a place goes out as it came too, as long as nobody changed it here.
"""

from ldtrack.exchange.case.reading import ReadPackage, is_package, read_package
from ldtrack.exchange.case.writing import write_package

__all__ = ["ReadPackage", "is_package", "read_package", "write_package"]
