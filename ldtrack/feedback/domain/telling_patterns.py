"""Days and what people say of themselves, in the languages in which raters can read everything.

Each pattern begins at a word and repeats nothing inside a repetition, so that a long text takes
no more than its length. What means something harmless in another language needs more beside it.
"""

from __future__ import annotations

import re

_MONTH = (
    r"(?:January|February|March|April|June|July|August|September|October|November|December"
    r"|Januar|Jänner|Februar|März|Mai|Juni|Juli|Oktober|Dezember)"
)
_ENGLISH_DAYS = (
    rf"\d{{1,2}}(?:(?:st|nd|rd|th)(?: of)?|\.)? {_MONTH}|{_MONTH} \d{{1,4}}(?:st|nd|rd|th)?"
    rf"|(?:in|last|im|letzten) {_MONTH}"
    # May is also a verb: only with a number beside it is it surely a month.
    r"|\d{1,2}(?:(?:st|nd|rd|th)(?: of)?)? May|May \d{1,4}(?:st|nd|rd|th)?"
    r"|(?:last|on|this) (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday"
)
_GERMAN_DAYS = (
    r"(?:am|letzten|vorigen|vergangenen|diesen|seit) "
    r"(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag)"
    r"(?:morgen|vormittag|mittag|nachmittag|abend)?"
    r"|(?:vor)?gestern"
)
_MOIS = (
    r"(?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre"
    r"|d[ée]cembre)"
)
_JOUR = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
_FRENCH_DAYS = (
    rf"(?:1er|\d{{1,2}}) {_MOIS}|(?:en|depuis) {_MOIS}|{_MOIS} (?:\d{{4}}|dernier)"
    # “le lundi” is every Monday.
    rf"|{_JOUR} (?:dernier|pass[ée])|ce {_JOUR}|avant-hier"
)
_MES = (
    r"(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre"
    r"|diciembre)"
)
_DIA = r"(?:lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo)"
_SPANISH_DAYS = (
    rf"(?:\d{{1,2}}\.?º?|primero) de {_MES}|(?:en|desde) {_MES}|{_MES} (?:de(?:l)? \d{{4}}|pasado)"
    # “los lunes” is every Monday.
    rf"|(?:el|este) {_DIA}(?: pasado)?|ayer|ant(?:es de ay|eay)er|anoche"
)
DAY = re.compile(
    r"\b(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})"
    rf"|{_ENGLISH_DAYS}|{_GERMAN_DAYS}|{_FRENCH_DAYS}|{_SPANISH_DAYS})\b",
    re.IGNORECASE,
)

_FRENCH = re.compile(
    r"\b(?:il|elle|ils|elles|nous|vous|est|était|été|les|une|avec|dans|pas|très|j['’]ai|c['’]\w+)\b",
    re.IGNORECASE,
)
_YESTERDAY_IN_FRENCH = re.compile(r"\bhier\b", re.IGNORECASE)

_ROLLE = (
    r"(?:chef|leiter|manager|mitarbeiter|stellvertreter|assistent|nachfolger|vorgänger|mentor"
    r"|partner)(?:in)?|(?:kolleg|vorgesetzt)(?:e|er|en|in)|führungskraft|coach"
)
_GERMAN_SELF = (
    rf"als (?:ihre?|seine?|deren|dessen) (?:[\w-]+ )?[\w-]*(?:{_ROLLE})"
    r"|in meinem Team|ich berichte an|als ich (?:anfing|dazukam)"
    r"|meine?[mnr]? (?:Chef(?:in)?|Vorgesetzte[nr]?|Führungskraft|Manager(?:in)?)"
)
_CHEF = (
    r"(?:chef|cheffe|manageu?r|manageuse|responsable|supérieure?|patronn?e?|adjointe?"
    r"|assistante?|collègue|n\+1)"
)
_FRENCH_SELF = (
    rf"en tant que (?:son|sa|leur|votre|ton|ta) [\w-]+|comme (?:son|sa) {_CHEF}"
    rf"|dans mon équipe|(?:mon|ma) {_CHEF}|je (?:lui )?rends compte"
    r"|(?:quand|lorsque) (?:je suis arrivée?|j['’]ai (?:rejoint|commencé))"
)
_JEFE = r"(?:jef[ea]|gerente|manager|responsable|superiora?|supervisora?)"
_SPANISH_SELF = (
    rf"como su (?:{_JEFE}|adjunt[oa]|asistente|compañer[oa]|colega|mentora?)"
    rf"|en mi equipo|mi {_JEFE}|le reporto|cuando (?:me incorporé|empecé|llegué|entré)"
)
OF_ONESELF = re.compile(
    r"\b(?:as (?:his|her|their|your) [\w-]+|in my team|I report to|when I joined|my manager"
    rf"|{_GERMAN_SELF}|{_FRENCH_SELF}|{_SPANISH_SELF})\b",
    re.IGNORECASE,
)


def days_in(text: str) -> list[str]:
    """Every day that a text names, as written.

    “hier” is yesterday in French and here in German, so it counts only where French is spoken.

    >>> days_in("Hier hört sie zu."), days_in("Elle a écouté hier, comme le 3 mars.")
    ([], ['3 mars', 'hier'])
    """
    found = DAY.findall(text)
    return found + (_YESTERDAY_IN_FRENCH.findall(text) if _FRENCH.search(text) else [])
