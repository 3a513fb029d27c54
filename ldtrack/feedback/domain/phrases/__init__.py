"""The fixed words around a questionnaire, in the languages in which raters can read them.

A phrase is looked up by its English words, so that pages read as they are shown; a language that
is not here is English. What questionnaires ask is translated elsewhere, by HR.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ldtrack.feedback.domain.languages import plain
from ldtrack.feedback.domain.phrases.french import FRENCH
from ldtrack.feedback.domain.phrases.german import GERMAN
from ldtrack.feedback.domain.phrases.spanish import SPANISH

DAY = "{day} {month} {year}"
MONTH = "{month} {year}"


@dataclass(frozen=True, kw_only=True)
class Phrases:
    """What is said in one language; `texts` lead from the English words to those of the others.

    `singular` are the numbers that are spoken of as one is: in French also none.
    """

    language: str = "en"
    texts: Mapping[str, str]
    months: str = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
    singular: frozenset[int] = frozenset({1})

    def say(self, english: str, /, **values: object) -> str:
        """The phrase, with values put in.

        >>> in_language("fr").say("Begin")
        'Commencer'
        """
        said = self.texts.get(english, english)
        return said.format(**values) if values else said

    def count(self, n: int, one: str, many: str, /) -> str:
        """The phrase for so many.

        >>> [in_language("fr").count(n, "{n} statement", "{n} statements") for n in (0, 2)]
        ['0 affirmation', '2 affirmations']
        """
        return self.say(one if n in self.singular else many, n=n)

    def day(self, on: date) -> str:
        """The day with its year.

        >>> in_language("de").day(date(2026, 12, 4))
        '4. Dez. 2026'
        """
        return self.say(DAY, day=on.day, month=self._month(on), year=on.year)

    def month(self, on: date) -> str:
        """The month with its year."""
        return self.say(MONTH, month=self._month(on), year=on.year)

    def _month(self, on: date) -> str:
        return self.months.split()[on.month - 1]

    def listed(self, names: Sequence[str]) -> str:
        """Names in a row.

        >>> in_language("es").listed(["Ana", "Bea", "Cleo"])
        'Ana, Bea y Cleo'
        """
        *first, last = names or (self.say("nobody"),)
        row = ", ".join(first)
        return self.say("{first} and {last}", first=row, last=last) if first else last


ENGLISH = Phrases(texts={})
_OTHERS = {
    phrases.language: phrases
    for phrases in (
        Phrases(
            language="de",
            texts=GERMAN,
            months="Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
        ),
        Phrases(
            language="fr",
            texts=FRENCH,
            months="janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
            singular=frozenset({0, 1}),
        ),
        Phrases(
            language="es",
            texts=SPANISH,
            months="ene feb mar abr may jun jul ago sept oct nov dic",
        ),
    )
}
LANGUAGES = ("en", *_OTHERS)
"""In which raters can read everything."""


def in_language(language: str) -> Phrases:
    """The phrases in the language, or in English where nobody has written them."""
    return _OTHERS.get(plain(language), ENGLISH)
