"""The published frameworks that programmes stand on, and what their roles ask for."""

from __future__ import annotations

from ldtrack.competencies.queries import competencies_by_key, scale
from ldtrack.competencies.service import set_role_profile
from ldtrack.demo.scene import Scene, Setting
from ldtrack.demo.truth import truth_of
from ldtrack.exchange.framework_import import import_shipped


def adopt(scene: Scene) -> None:
    """Bring the frameworks in and say which levels the roles ask for."""
    for programme in scene.script.programmes:
        done = import_shipped(scene.session, scene.hr, programme.framework, now=scene.founded_at)
        if done.framework_version_id is None:
            raise ValueError(f"{programme.framework}: {done.problems[0]}")
        levels = scale(scene.session, done.framework_version_id)
        ids = competencies_by_key(scene.session, done.framework_version_id)
        scene.settings[programme.key] = Setting(
            framework_version_id=done.framework_version_id,
            lo=levels.lo,
            hi=levels.hi,
            competency=ids,
        )
        set_role_profile(
            scene.session,
            framework_version_id=done.framework_version_id,
            name=programme.role_profile,
            targets={ids[key]: level for key, level in programme.targets.items()},
            origin="made up for the demo",
        )
    scales = {key: (found.lo, found.hi) for key, found in scene.settings.items()}
    scene.truth = truth_of(scene.script, scene.cast, scales, scene.start, scene.seed)
