"""Words that may tell who wrote a comment."""

from __future__ import annotations

import pytest

from ldtrack.feedback.domain.flags import possible_names, telling_words

NAMES = ("Petra Kline", "Li", "Jean-Luc O'Neill", "Head of Operations")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She listens before she decides.", ()),
        ("Petra was there.", ("Petra",)),
        ("petra dishes are no name", ()),
        ("Petrarch is another.", ()),
        ("Li listens; two letters are too short to look for.", ()),
        ("Write to petra@example.org.", ("petra@example.org.",)),
        ("Call +44 20 7946 0018 now", ("+44 20 7946 0018",)),
        ("In 2026 it was 3.5 of 5", ()),
        ("As her deputy I saw it, and when I joined too", ("As her deputy", "when I joined")),
        ("O'Neill agrees", ("O'Neill",)),
        ("(Kline) [Kline]", ("Kline",)),
    ],
)
def test_what_is_flagged(text: str, found: tuple[str, ...]) -> None:
    assert telling_words(text, NAMES) == found


def test_signs_of_patterns_in_names_are_only_signs() -> None:
    assert telling_words("anything at all", ["(.*) [a-z]+ \\w+"]) == ()


def test_a_very_long_text_takes_no_time() -> None:
    assert telling_words("a1 " * 50_000 + "@" * 10_000, NAMES) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("On 12 March it went wrong", ("12 March",)),
        (
            "It was in March, or 2026-03-12, or 12.03.2026.",
            ("2026-03-12", "in March", "12.03.2026"),
        ),
        ("Last Tuesday and yesterday", ("Last Tuesday", "yesterday")),
        ("Am 3. Mai war es so", ("3. Mai",)),
        ("On the 3rd May, and in May 2026; you may try", ("3rd May", "May 2026")),
        ("He may march on; 3.5 of 5 in 2026", ()),
        ("Mr. Smith and Frau Müller", ("Mr. Smith", "Frau Müller")),
    ],
)
def test_dates_and_people_with_titles_are_flagged(text: str, found: tuple[str, ...]) -> None:
    assert telling_words(text, ()) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "On the 5th of March, or March 6th, or the 1st of May",
            ("5th of March", "March 6th", "1st of May"),
        ),
        (
            "Am Montag, letzten Freitag und vorgestern",
            ("Am Montag", "letzten Freitag", "vorgestern"),
        ),
        ("Am Dienstagabend im Jänner", ("Am Dienstagabend", "im Jänner")),
        ("Le 3 mars, le 1er août et en février", ("3 mars", "1er août", "en février")),
        ("lundi dernier, ce mardi, avant-hier", ("lundi dernier", "ce mardi", "avant-hier")),
        ("Elle m’a aidé hier", ("hier",)),
        ("El 12 de mayo y en septiembre", ("12 de mayo", "en septiembre")),
        ("El 1.º de enero de 2026", ("1.º de enero",)),
        ("ayer, el miércoles y el lunes pasado", ("ayer", "el miércoles", "el lunes pasado")),
        ("Le 3\naou\u0302t,\u00a0le 4\u00a0mars", ("3 août", "4 mars")),
    ],
)
def test_days_are_flagged_in_every_language_of_the_raters(
    text: str, found: tuple[str, ...]
) -> None:
    assert telling_words(text, ()) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ich sage es als ihre Chefin", ("als ihre Chefin",)),
        (
            "als seine direkte Vorgesetzte; als ihr Teamleiter",
            ("als seine direkte Vorgesetzte", "als ihr Teamleiter"),
        ),
        ("In meinem Team, sagt meine Führungskraft", ("In meinem Team", "meine Führungskraft")),
        (
            "En tant que son adjointe, dans mon équipe",
            ("En tant que son adjointe", "dans mon équipe"),
        ),
        ("quand je suis arrivée, ma responsable", ("quand je suis arrivée", "ma responsable")),
        ("Como su jefa, en mi equipo", ("Como su jefa", "en mi equipo")),
        ("cuando me incorporé, mi jefe", ("cuando me incorporé", "mi jefe")),
    ],
)
def test_what_people_say_of_themselves_is_flagged_in_every_language(
    text: str, found: tuple[str, ...]
) -> None:
    assert telling_words(text, ()) == found


@pytest.mark.parametrize(
    "text",
    [
        "Hier hört sie zu, und auch hier fragt sie nach.",
        "Es war ihr wichtig, als ihr klar wurde, wie es dem Team geht.",
        "Montags fragt sie nach; am Anfang nicht.",
        "Le lundi, elle écoute; elle va de l’avant et marche vite.",
        "Los lunes escucha; cada martes pregunta. Marca el camino.",
        "Como su equipo crece, delega. En marcha.",
        "Il comprend comme son équipe; mon avis est bon.",
        "She may march on the 5th floor; ayers and hierarchy, gesternte.",
        "Dans la hiérarchie, en maison, hierarchie",
    ],
)
def test_what_only_looks_like_a_day_or_like_oneself_is_left_alone(text: str) -> None:
    assert telling_words(text, ()) == ()


@pytest.mark.parametrize(
    "again",
    [
        "als ihre ",
        "als ihre a",
        "a",
        "12 de ",
        "en tant que ",
        "lundi ",
        "a-",
        "als ihre a-",
    ],
)
def test_what_almost_fits_takes_no_time_either(again: str) -> None:
    assert telling_words(again * 20_000 + "_", ()) == ()


def test_a_role_is_flagged_as_a_whole_however_it_is_written() -> None:
    roles = ("Head of Operations", "Operations")
    assert telling_words("the head of operations said so", (), roles) == ("head of operations",)
    assert telling_words("no cooperations here", (), roles) == ()


def test_only_words_that_could_be_names_are_looked_up() -> None:
    texts = ["Ask Petra Kline’s team, not Amara.", "müller, Ößterreich, Li"]
    assert possible_names(texts, ["Amara Okafor"]) == {"Ask", "Petra", "Kline", "Ößterreich"}
    assert len(possible_names([" ".join(f"Name{chr(97 + i % 26)}{i}" for i in range(900))])) == 500
