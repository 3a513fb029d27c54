"""The first line of pages about growth, made from what is known."""

from __future__ import annotations

from ldtrack.dashboards.pages.words import Sentence, Voice, plural
from ldtrack.growth.domain import NotYetAssessed, Sureness, Verdict
from ldtrack.growth.domain.person import CompetencyGrowth, PersonGrowth


def growth_headline(growth: PersonGrowth, voice: Voice) -> Sentence:
    """Where the person stands against the role, and what is nearest."""
    n_targets = len(growth.targeted)
    if not n_targets:
        return _without_targets(growth, voice)
    if not growth.n_assessed:
        asked = plural(n_targets, "competency", "competencies")
        return Sentence(
            before=f"Nothing is assessed yet in the {asked} that {voice.your} role asks for."
        )
    if growth.n_met == n_targets:
        whole = "the one competency" if n_targets == 1 else f"all {n_targets} competencies"
        return Sentence(before=f"{voice.are} at target in {whole} of {_the(voice)} role.")
    met = f"{growth.n_met} of {plural(n_targets, 'competency', 'competencies')}"
    if growth.closest is None:
        return Sentence(before=f"{voice.are} at target in {met}; the others are not assessed yet.")
    return Sentence(
        before=f"{voice.are} at target in {met}; " if growth.n_met else _none_yet(n_targets, voice),
        accent=growth.closest.competency.name,
        after=" is closest to the next." if growth.n_met else " is closest.",
    )


def competency_headline(growth: CompetencyGrowth, voice: Voice) -> Sentence:
    """What may be said of one competency, in one line."""
    name = growth.competency.name
    if growth.succeeded:
        return _of_earlier(growth, name)
    if isinstance(growth.standing, NotYetAssessed):
        return Sentence(accent=name, after=" is not assessed yet.")
    if growth.verdict is None:
        level = growth.chart_scale.clip(growth.standing.mean)
        held = f"{voice.are} at level {level:.1f} in "
        return Sentence(before=held, accent=name, after=".")
    if growth.verdict is Verdict.MET:
        thin = growth.standing.sureness is Sureness.TOO_LITTLE
        return Sentence(
            before=f"{voice.have} reached the target in ",
            accent=name,
            after=", though there is too little evidence to name the level." if thin else ".",
        )
    if growth.verdict is Verdict.TOO_CLOSE:
        return Sentence(accent=name, after=" is too close to its target to call.")
    return Sentence(before=f"{voice.are} not yet at the target in ", accent=name, after=".")


def _of_earlier(growth: CompetencyGrowth, name: str) -> Sentence:
    """A competency of an earlier edition is read, and measured no more."""
    until = growth.succeeded.edition if growth.succeeded else ""
    return Sentence(accent=name, after=f" belongs to an edition that {until} has succeeded.")


def _without_targets(growth: PersonGrowth, voice: Voice) -> Sentence:
    seen = [found for found in growth.competencies if found.steps]
    if not seen:
        return Sentence(before=f"There is no evidence of {voice.your} growth yet.")
    known = plural(len(seen), "competency", "competencies")
    return Sentence(before=f"{voice.have} a level in {known}; no role sets targets for them yet.")


def _none_yet(n_targets: int, voice: Voice) -> str:
    if n_targets == 1:
        return f"{voice.are} not yet at {_the(voice)} role’s one target; "
    return f"{voice.are} not yet at target in any of {n_targets} competencies; "


def _the(voice: Voice) -> str:
    return "your" if voice.is_you else "the"
