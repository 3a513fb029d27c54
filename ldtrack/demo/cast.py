"""Who is in the made-up organisations: names, units, roles; pure and the same for one seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from itertools import count
from random import Random

from ldtrack.access.domain import Role

KNOWN = (
    ("Amara", "Okafor"),
    ("Ben", "Li"),
    ("Chloé", "Martin"),
    ("Dai", "Evans"),
    ("Eoin", "O'Neill"),
    ("Fatima", "Al-Sayed"),
)
"""The people of the sample files, so that these can be imported into the demo."""


@dataclass(frozen=True, kw_only=True)
class Player:
    """One made-up person."""

    external_id: str
    first_name: str
    last_name: str
    email: str
    unit: str
    job_profile: str
    manager: str
    """External id of the line manager; empty at the top."""
    roles: frozenset[Role] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Everybody, by what they do; a leader has one coach and one sponsor."""

    organisation: str
    players: tuple[Player, ...]
    hr: Player
    administrator: Player
    coaches: tuple[Player, ...]
    sponsors: tuple[Player, ...]
    leaders: tuple[Player, ...]

    def reports_of(self, player: Player) -> list[Player]:
        """Whose line manager they are."""
        return [other for other in self.players if other.manager == player.external_id]

    def peers_of(self, player: Player) -> list[Player]:
        """Who has the same line manager."""
        return [
            other
            for other in self.players
            if other.manager == player.manager and other is not player and player.manager
        ]


@dataclass(frozen=True, kw_only=True)
class Size:
    """How many of whom; `domain` is that of the mail addresses."""

    organisation: str
    domain: str
    units: tuple[str, ...]
    leaders: int
    coaches: int
    sponsors: int
    staff: int
    """People with no account, spread over the leaders' teams."""
    profiles: tuple[str, ...]
    """Job profiles of leaders, taken in turn."""
    has_known_leaders: bool = False
    """Whether the first leaders are those of the sample files."""


def cast_of(size: Size, random: Random) -> Cast:
    """Make everybody up. The sponsors are at the top, leaders report to them, staff to leaders."""
    names = _names(random)
    known = iter(KNOWN if size.has_known_leaders else ())
    leading, following = count(1001), count(1001 + max(1000, size.leaders))

    def player(unit: str, job: str, manager: str, *roles: Role) -> Player:
        leads = Role.LEADER in roles
        first, last = (next(known, None) if leads else None) or next(names)
        return Player(
            external_id=f"E{next(leading) if leads else next(following)}",
            first_name=first,
            last_name=last,
            email=_address(first, last, size.domain),
            unit=unit,
            job_profile=job,
            manager=manager,
            roles=frozenset(roles),
        )

    units = size.units
    sponsors = tuple(
        player(units[n % len(units)], "Director", "", Role.SPONSOR) for n in range(size.sponsors)
    )
    hr = player(units[-1], "HR business partner", sponsors[-1].external_id, Role.HR)
    administrator = player(
        units[-1], "Systems engineer", sponsors[-1].external_id, Role.ADMINISTRATOR
    )
    coaches = tuple(
        player(units[n % len(units)], "Leadership coach", hr.external_id, Role.COACH)
        for n in range(size.coaches)
    )
    leaders = tuple(
        player(
            units[n % len(units)],
            size.profiles[n % len(size.profiles)],
            sponsors[n % len(sponsors)].external_id,
            Role.LEADER,
        )
        for n in range(size.leaders)
    )
    staff = tuple(
        player(leader.unit, "Specialist", leader.external_id)
        for leader in (leaders[n % len(leaders)] for n in range(size.staff))
    )
    return Cast(
        organisation=size.organisation,
        players=(*sponsors, hr, administrator, *coaches, *leaders, *staff),
        hr=hr,
        administrator=administrator,
        coaches=coaches,
        sponsors=sponsors,
        leaders=leaders,
    )


def _names(random: Random) -> Iterator[tuple[str, str]]:
    written = resources.files("ldtrack.demo").joinpath("names.txt").read_text("utf-8")
    firsts, lasts = (line.split() for line in written.splitlines())
    pairs = [(first, last) for first in firsts for last in lasts if (first, last) not in KNOWN]
    random.shuffle(pairs)
    yield from pairs
    for again in range(2, 1000):
        yield from ((first, f"{last} {_roman(again)}") for first, last in pairs)


def _roman(number: int) -> str:
    return "I" * number if number < 4 else f"{number}."


def _address(first: str, last: str, domain: str) -> str:
    # As the sample files write them: O'Neill is oneill, Al-Sayed is alsayed.
    kept = f"{first}.{last}".lower().replace("-", "").replace("'", "").replace(" ", "-")
    plain = kept.translate(str.maketrans("éáóíúçãøöäüłńśźżćşğıčšžý", "eaoiucaooaulnszzcsgicszy"))
    return f"{plain}@{domain}"
