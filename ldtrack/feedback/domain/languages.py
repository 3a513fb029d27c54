"""Languages that questionnaires can be in, as speakers call them, and which one somebody reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

NAMES = {
    "ar": "العربية",
    "bg": "Български",
    "ca": "Català",
    "cs": "Čeština",
    "cy": "Cymraeg",
    "da": "Dansk",
    "de": "Deutsch",
    "el": "Ελληνικά",
    "en": "English",
    "es": "Español",
    "et": "Eesti",
    "fa": "فارسی",
    "fi": "Suomi",
    "fr": "Français",
    "ga": "Gaeilge",
    "he": "עברית",
    "hi": "हिन्दी",
    "hr": "Hrvatski",
    "hu": "Magyar",
    "id": "Bahasa Indonesia",
    "is": "Íslenska",
    "it": "Italiano",
    "ja": "日本語",
    "ko": "한국어",
    "lt": "Lietuvių",
    "lv": "Latviešu",
    "mt": "Malti",
    "nb": "Norsk bokmål",
    "nl": "Nederlands",
    "pl": "Polski",
    "pt": "Português",
    "ro": "Română",
    "ru": "Русский",
    "sk": "Slovenčina",
    "sl": "Slovenščina",
    "sr": "Српски",
    "sv": "Svenska",
    "tr": "Türkçe",
    "uk": "Українська",
    "vi": "Tiếng Việt",
    "zh": "中文",
}
"""Each language as its speakers call it."""

_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he"})


def name_of(language: str) -> str:
    """What the language is called by those who speak it; a code that is not known stays a code.

    >>> name_of("de"), name_of("xx")
    ('Deutsch', 'xx')
    """
    return NAMES.get(language, language)


def direction(language: str) -> str:
    """Which way it is written.

    >>> direction("he"), direction("de")
    ('rtl', 'ltr')
    """
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"


def plain(language: str) -> str:
    """The language without its region.

    >>> plain("en-GB"), plain("de_CH")
    ('en', 'de')
    """
    return language.replace("_", "-").split("-")[0].casefold()


def preferred(offered: Sequence[str], wanted: Iterable[str]) -> str:
    """The first wanted language that is on offer, else the first one offered.

    >>> preferred(["en", "de"], ["fr-FR", "de-AT"])
    'de'
    """
    for language in wanted:
        if plain(language) in offered:
            return plain(language)
    return offered[0]
