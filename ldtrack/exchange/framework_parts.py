"""Reading the pieces of a JSON file, each fault noted with the way to its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ldtrack.competencies.domain.keys import is_key
from ldtrack.core.guids import LENGTH, is_guid
from ldtrack.exchange.problem import Problem
from ldtrack.ui.cleaning import clean_line, clean_text

_KINDS: dict[type, str] = {str: "a text", int: "a whole number", list: "a list", dict: "an object"}


class Part:
    """An object of the file; parts of it share its list of problems."""

    def __init__(
        self, content: Mapping[str, Any], way: str = "", problems: list[Problem] | None = None
    ) -> None:
        self._content = content
        self._way = way
        self.problems: list[Problem] = [] if problems is None else problems

    def complain(self, name: str, reason: str) -> None:
        """Note what is wrong with a member of this object."""
        self.problems.append(Problem(line=0, column=f"{self._way}{name}"[:200], reason=reason))

    def names(self) -> list[str]:
        """The names of its members."""
        return list(self._content)

    def text(self, name: str, *, most: int, required: bool = False, present: bool = False) -> str:
        """One line of text; nothing, or null, is the empty text.

        What is `required` must say something; what must be `present` may say nothing.
        """
        return self._text(name, clean_line, most, required=required, present=present)

    def prose(self, name: str, *, most: int, present: bool = False) -> str:
        """Several lines of text."""
        return self._text(name, clean_text, most, required=False, present=present)

    def guid(self, name: str) -> str:
        """The identifier by which the world outside knows this; '' where there is none."""
        found = self.text(name, most=LENGTH)
        if found and not is_guid(found):
            self.complain(name, f"“{found}” is no GUID.")
        return found

    def key(self, name: str) -> str:
        """A short word of letters, digits, dots, hyphens and underscores."""
        key = self.text(name, most=100, required=True)
        if key and not is_key(key):
            self.complain(name, f"“{key}” may only have letters, digits, dots and hyphens.")
        return key

    def whole(self, name: str, *, lowest: int, highest: int) -> int:
        """A whole number within bounds; `lowest` if there is none, which is noted."""
        value = self._member(name, int)
        if value is None:
            if not self.was_complained(name):
                self.complain(name, "This is missing.")
            return lowest
        if not lowest <= value <= highest:
            self.complain(name, f"Give a whole number from {lowest} to {highest}.")
            return lowest
        return int(value)

    def number(self, name: str, *, highest: float) -> float | None:
        """A number from 0 on; None where there is none."""
        value = self._content.get(name)
        if value is None:
            return None
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not 0 <= value <= highest:
            self.complain(name, f"Give a number from 0 to {highest:,}.")
            return None
        return float(value)

    def flag(self, name: str) -> bool:
        """True or false; false where nothing is said."""
        value = self._content.get(name)
        if value is not None and not isinstance(value, bool):
            self.complain(name, "Say true or false.")
        return value is True

    def has(self, name: str) -> bool:
        """Whether there is a member of that name, and it is not null."""
        return self._content.get(name) is not None

    def part(self, name: str) -> Part:
        """An object inside this one; an empty one if it is not there, which is noted."""
        value = self._member(name, dict)
        if value is None and not self.was_complained(name):
            self.complain(name, "This is missing.")
        return Part(value or {}, f"{self._way}{name}.", self.problems)

    def parts(self, name: str, *, most: int, least: int = 0) -> list[Part]:
        """The objects of a list inside this one."""
        values = self._member(name, list) or []
        if not least <= len(values) <= most and not self.was_complained(name):
            self.complain(name, f"There must be {least} to {most:,} of these.")
        found: list[Part] = []
        for number, value in enumerate(values[:most]):
            way = f"{name}[{number}]"
            if isinstance(value, dict):
                found.append(Part(value, f"{self._way}{way}.", self.problems))
            else:
                self.complain(way, "This must be an object.")
        return found

    def texts(self, name: str, *, most: int) -> list[str]:
        """The short words of a list inside this one."""
        values = self._member(name, list) or []
        if len(values) > most or not all(isinstance(value, str) for value in values):
            self.complain(name, f"There must be at most {most:,} texts in this list.")
            return []
        return [clean_line(value[:400]) for value in values]

    def _text(
        self,
        name: str,
        clean: Callable[[str], str],
        most: int,
        *,
        required: bool,
        present: bool,
    ) -> str:
        value = self._member(name, str)
        text = clean((value or "")[: 4 * most])
        if len(text) > most:
            self.complain(name, f"This is longer than {most:,} letters.")
        is_missing = (required and not text) or (present and value is None)
        if is_missing and not self.was_complained(name):
            self.complain(name, "This is missing.")
        return text

    def _member(self, name: str, kind: type) -> Any:
        value = self._content.get(name)
        # In Python, true is a number; in this file it is not.
        if value is not None and (not isinstance(value, kind) or isinstance(value, bool)):
            self.complain(name, f"This must be {_KINDS[kind]}.")
            return None
        return value

    def was_complained(self, name: str) -> bool:
        """Whether the last fault that was noted is about this member."""
        return bool(self.problems) and self.problems[-1].column == f"{self._way}{name}"[:200]
