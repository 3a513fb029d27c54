"""The organisation, its people, who reports to and is sponsored by whom, and who can sign in."""

from __future__ import annotations

from argon2 import PasswordHasher

from ldtrack.access.domain import RelationshipKind
from ldtrack.access.service import set_holders
from ldtrack.demo.cast import Player
from ldtrack.demo.scene import Scene
from ldtrack.people.domain import ImportPerson
from ldtrack.people.queries import by_external_id
from ldtrack.people.service.accounts import open_account
from ldtrack.people.service.bring_in import import_people
from ldtrack.people.service.directory import found_organisation

PASSWORD = "leading is learned"
"""Everybody's in the demo."""


def settle(scene: Scene) -> None:
    """Found the organisation and bring everybody in."""
    scene.organisation_id = found_organisation(
        scene.session, name=scene.script.name, created_at=scene.founded_at
    )
    players = scene.cast.players
    import_people(
        scene.session,
        [_row(line, player) for line, player in enumerate(players, start=2)],
        starts_on=scene.start,
    )
    scene.person = by_external_id(scene.session, [player.external_id for player in players])
    _sponsors(scene)
    _accounts(scene)


def _row(line: int, player: Player) -> ImportPerson:
    return ImportPerson(
        line=line,
        external_id=player.external_id,
        email=player.email,
        first_name=player.first_name,
        last_name=player.last_name,
        manager_external_id=player.manager,
        unit=player.unit,
        job_profile=player.job_profile,
    )


def _sponsors(scene: Scene) -> None:
    for leader in scene.cast.leaders:
        person_id = scene.person[leader.external_id]
        scene.sponsored.setdefault(leader.manager, set()).add(person_id)
    set_holders(
        scene.session,
        kind=RelationshipKind.SPONSOR,
        holders={
            scene.person[leader.external_id]: scene.person[leader.manager]
            for leader in scene.cast.leaders
        },
        starts_on=scene.start,
    )


def _accounts(scene: Scene) -> None:
    hasher = _OneHash()
    for player in scene.cast.players:
        if player.roles:
            scene.account[player.external_id] = open_account(
                scene.session,
                email=player.email,
                password=PASSWORD,
                roles=player.roles,
                person_id=scene.person[player.external_id],
                hasher=hasher,
            )


class _OneHash(PasswordHasher):
    """Hashes a password once: it is the same for all, and a good hash takes its time."""

    def __init__(self) -> None:
        super().__init__()
        self._made: dict[str | bytes, str] = {}

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
        if password not in self._made:
            self._made[password] = super().hash(password, salt=salt)
        return self._made[password]
