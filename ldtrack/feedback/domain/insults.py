"""Words that may insult, by language: shipped to begin with, then the organisation's own lines.

They only bring a comment to a moderator's eyes; a word alone decides nothing, and nothing is
changed. A line is a word or several; with a star at its end it stands for any ending.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from ldtrack.core.errors import RuleBroken

MOST_LINES = 500
LONGEST_LINE = 60


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


SHIPPED: dict[str, tuple[str, ...]] = {
    "en": _listed(
        """idiot* stupid* moron* imbecile* dumb dimwit* halfwit* fool fools clown* loser* useless
        worthless pathetic incompetent* lazy liar* coward* bully bullies tyrant* dictator* psycho*
        crazy insane lunatic* freak* creep creepy jerk* bastard* bitch* ass arse* asshole* shit*
        bullshit crap fuck* scum garbage disgusting despise* hateful sexist* racist* ugly"""
    ),
    "de": _listed(
        """idiot* vollidiot* dumm dumme dummen dummer dummkopf* doof* blöd* trottel* depp*
        schwachkopf* hirnlos* versager* nichtsnutz* unfähig* faul faule fauler faulpelz* lügner*
        feigling* tyrann* despot* verrückt* irre spinner* arsch* scheiß* scheiss* miststück*
        schwein* drecksack* zicke* schlampe* hure* wichser* widerlich* ekelhaft* erbärmlich*
        lächerlich* hässlich* nutzlos* wertlos* rassist* sexist*"""
    ),
    "fr": _listed(
        """idiot* imbécile* crétin* abruti* débile* stupide* con conne connard* connasse* nul nulle
        incapable* incompétent* fainéant* paresseux paresseuse menteur* menteuse* lâche* tyran*
        dictateur* fou folle cinglé* taré* salaud* salope* garce* pute* ordure* merde* minable*
        pathétique* ridicule* dégoûtant* moche* raté ratée bouffon* clown* inutile* raciste*
        sexiste*"""
    ),
    "es": _listed(
        """idiota* imbécil* estúpid* tonto* tonta* bobo* boba* necio* necia* inútil* incompetente*
        incapaz vago vaga holgazán holgazana mentiroso* mentirosa* cobarde* tirano* tirana*
        dictador* loco loca chiflado* chiflada* payaso* payasa* fracasado* fracasada* patétic*
        ridícul* asqueros* cabrón cabrona* gilipollas capullo* puta* puto* mierda* basura cerdo*
        cerda* zorra* despreciable* racista* machista*"""
    ),
}
"""Written for this program, in the languages in which raters can read everything."""


def insulting_words(text: str, lines: Iterable[str]) -> tuple[str, ...]:
    """What in the text is on a line, as it was written, each once.

    >>> insulting_words("An IDIOTIC plan. Bad luck, you  fool!", ["idiot*", "you fool", "luc"])
    ('IDIOTIC', 'you  fool')
    """
    patterns = sorted({_pattern(line) for line in lines if line.strip("* ")}, key=len, reverse=True)
    if not patterns:
        return ()
    any_of = re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)
    return tuple(dict.fromkeys(any_of.findall(unicodedata.normalize("NFC", text))))


def lines_in(written: str) -> tuple[str, ...]:
    """The lines as they are kept: without blanks around and in a row, each once.

    Raises `RuleBroken` for a line that is longer than any phrase, and for too many.
    """
    found = (" ".join(line.split()) for line in unicodedata.normalize("NFC", written).splitlines())
    lines = tuple(dict.fromkeys(line for line in found if line.strip("* ")))
    if len(lines) > MOST_LINES:
        raise RuleBroken("words", f"Keep to {MOST_LINES} lines; there are {len(lines)}.")
    if any(len(line) > LONGEST_LINE for line in lines):
        raise RuleBroken("words", f"A line has at most {LONGEST_LINE} letters.")
    return lines


def _pattern(line: str) -> str:
    words = [re.escape(word) for word in line.rstrip("*").split()]
    return r"\s+".join(words) + (r"\w*" if line.endswith("*") else "")
