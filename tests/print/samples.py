"""Reviews made by hand, from sparse to overfull, to be printed and looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from ldtrack.reviews.domain.document import (
    AssignmentPart,
    Cell,
    ClaimPart,
    CoachingPart,
    CommentBlock,
    CompetencyPart,
    CoursePart,
    Cover,
    DebriefPart,
    EarlierReview,
    FeedbackGroup,
    FeedbackItem,
    FeedbackLine,
    FeedbackPart,
    LeftOut,
    LevelOn,
    Limits,
    Met,
    MilestonePart,
    Moved,
    OpenStep,
    Origin,
    PathwayPart,
    Piece,
    RaterCount,
    Reached,
    ReviewDocument,
    ScaleLevel,
    ScaleWords,
    StagePart,
    Standing,
    Sure,
)
from ldtrack.reviews.domain.kinds import Audience, Paper, Part
from ldtrack.reviews.domain.picture import picture_of
from ldtrack.reviews.domain.plan import goals_of, questions_of

AS_OF = date(2026, 11, 20)
SCALE = ScaleWords(
    levels=tuple(
        ScaleLevel(value=value, label=label, meaning=meaning)
        for value, (label, meaning) in enumerate(
            (
                ("Awareness", "Knows what it is about and follows the lead of others."),
                ("Basic", "Does it in simple situations, with some guidance."),
                ("Intermediate", "Does it reliably in the usual run of work."),
                ("Advanced", "Does it in hard situations and helps others to do it."),
                ("Expert", "Shapes how the organisation does it; others turn to them."),
            ),
            start=1,
        )
    )
)
LIMITS = Limits(rater_floor=3, band_share=0.9, met_chance=0.8, gap=0.5, strength=3.5)
TOO_FEW = "Fewer than 3 people could answer this, so it is not shown."

_WELL, _FAIRLY, _TENTATIVE = Sure.WELL_ESTABLISHED, Sure.FAIRLY_SURE, Sure.TENTATIVE
_MET, _CLOSE, _NOT = Met.MET, Met.TOO_CLOSE, Met.NOT_YET
_COMPETENCIES: tuple[tuple[str, str, int, float, float, Sure, Met], ...] = (
    ("Coaching others", "People", 3, 3.8, 0.35, _WELL, _MET),
    ("Delegating", "People", 3, 3.5, 0.42, _FAIRLY, _MET),
    ("Giving feedback", "People", 4, 2.9, 0.4, _FAIRLY, _NOT),
    ("Strategic thinking", "Business", 4, 3.6, 0.48, _FAIRLY, _CLOSE),
    ("Financial acumen", "Business", 3, 2.4, 0.5, _FAIRLY, _NOT),
    ("Leading change", "Business", 4, 4.4, 0.4, _FAIRLY, _MET),
    ("Working across boundaries", "Networks", 3, 3.2, 0.6, _TENTATIVE, _CLOSE),
    ("Systems thinking", "Networks", 3, 2.6, 0.7, _TENTATIVE, _NOT),
)
_PIECES = (
    (Origin.COURSE, "Course assessment", "Leading teams, final assessment", "met at 3.0", 3.0, ""),
    (Origin.FEEDBACK, "360 feedback", "Autumn 2025 leadership feedback", "3.3", 3.3, ""),
    (Origin.COACHING, "Coaching milestone", "Runs a team review alone", "met at 3.0", 3.0, "Ines"),
    (Origin.ASSIGNMENT, "Assignment outcome", "Depot merger, Porto", "4.0", 4.0, "Sofia Berg"),
    (Origin.COURSE, "Course completion", "Difficult conversations", "took part", None, ""),
    (Origin.COACHING, "Coach rating", "Half-year look back", "3.5", 3.5, "Ines Marques"),
    (Origin.FEEDBACK, "360 feedback", "Autumn 2026 leadership feedback", "3.6", 3.6, ""),
)


def competency(number: int, *, name: str = "", n_pieces: int | None = None) -> CompetencyPart:
    """The sample's competency of that number, as it developed over two years."""
    given, domain, target, level, reach, sure, met = _COMPETENCIES[number % len(_COMPETENCIES)]
    count = 2 + number % 6 if n_pieces is None else n_pieces
    days = [AS_OF - timedelta(days=700 - 690 * n // max(count, 1)) for n in range(count)]
    chosen = [_PIECES[(number + n) % len(_PIECES)] for n in range(count)]
    risen = [level - 0.9 + 0.9 * n / count for n in range(count)]
    return CompetencyPart(
        key=f"c{number + 1}",
        name=name or given,
        domain=domain,
        definition="",
        scale=SCALE,
        target=target,
        standing=Standing(
            level=level,
            low=level - reach,
            high=level + reach,
            sure=sure,
            met=met,
            chance=0.5,
            n_pieces=count,
            carried=number == 6,
        ),
        points=(
            *(
                LevelOn(on=on, level=at, low=at - reach - 0.2, high=at + reach + 0.2)
                for on, at in zip(days, risen, strict=True)
            ),
            LevelOn(on=AS_OF, level=level, low=level - reach, high=level + reach),
        ),
        pieces=tuple(
            Piece(on=on, origin=origin, kind=kind, title=title, said=said, author=author, level=at)
            for on, (origin, kind, title, said, at, author) in zip(days, chosen, strict=True)
        ),
        moved=Moved(since=date(2025, 11, 20), before=level - 1.1, now=level)
        if number in (0, 5)
        else None,
    )


def unassessed(number: int, name: str) -> CompetencyPart:
    """A competency that nothing is known of yet."""
    return replace(competency(number, name=name), standing=None, points=(), pieces=(), moved=None)


_GROUPS = (
    FeedbackGroup(key="manager", name="Manager", count="1", single=True),
    FeedbackGroup(key="peer", name="Peers", count="6 of 8", single=False),
    FeedbackGroup(key="direct_report", name="Direct reports", count="3 or more of 5", single=False),
)
_QUADRANTS = (
    "confirmed strength",
    "hidden strength",
    "blind spot",
    "confirmed strength",
    "confirmed development area",
    "confirmed strength",
    "unclear",
    "unclear",
)
_AGREEMENT = ("close", "mixed", "split")


def feedback(n_comments: int = 6, parts: tuple[CompetencyPart, ...] = ()) -> FeedbackPart:
    """A released cycle over the competencies, with so many comments."""
    lines = tuple(_line(n, part) for n, part in enumerate(parts))
    return FeedbackPart(
        title="Autumn 2026 leadership feedback",
        released_on=date(2026, 10, 30),
        rater_floor=3,
        scale=SCALE,
        weighting="Every rater group counts the same.",
        groups=_GROUPS,
        left_out=(
            LeftOut(
                name="Stakeholders",
                why="Fewer than 3 people answered, so these answers are left out everywhere in "
                "this report.",
            ),
        ),
        lines=lines,
        comments=comments(n_comments),
        profile_agreement=0.62,
    )


def _line(n: int, part: CompetencyPart) -> FeedbackLine:
    own, others = round(3.1 + 0.5 * (n % 4), 1), round(2.7 + 0.4 * (n % 5), 1)
    hidden = Cell(text=TOO_FEW, hidden=True)
    cells = (
        Cell(text=f"{others + 0.2:.1f}", value=others + 0.2, count="1"),
        Cell(text=f"{others:.1f}", value=others, count="6 of 8", agreement=_AGREEMENT[n % 3]),
        hidden
        if n == 4
        else Cell(text="low (1.5 or below)", count="3 or more of 5")
        if n == 7
        else Cell(
            text=f"{others - 0.3:.1f}",
            value=others - 0.3,
            count="3 or more of 5",
            agreement=_AGREEMENT[(n + 1) % 3],
        ),
    )
    return FeedbackLine(
        key=part.key,
        name=part.name,
        target=part.target,
        own=Cell(text=f"{own:.1f}", value=own),
        cells=cells,
        others=Cell(text=f"{others:.1f}", value=others, count="10 or more"),
        low=others - 0.4,
        high=others + 0.4,
        at_least=10,
        exact=False,
        gap=round(own - others, 1),
        quadrant=_QUADRANTS[n % len(_QUADRANTS)],
        items=tuple(
            FeedbackItem(text=text, own=Cell(text=f"{own:.1f}", value=own), cells=cells)
            for text in (
                f"Takes time for {part.name.lower()} when the week is full",
                f"Asks how {part.name.lower()} went, and listens to the whole answer",
            )
        ),
    )


_SAID = (
    "Keeps calm when the plan falls apart and tells us early what it means for our week.",
    "Could hand over whole pieces of work rather than tasks.",
    "In the depot merger she asked the drivers first. That changed how people spoke of it.",
    "More feedback between the yearly talks, please; short is fine.",
    "Listens well. Decides late at times, and then very fast.",
    (
        "I would like to see the thinking behind the numbers sooner. When the budget came, most "
        "of it was settled, and the reasons only came out when somebody asked. Showing a draft, "
        "even a rough one, would let us help, and would also let people learn how it is made."
    ),
)


def comments(count: int) -> tuple[CommentBlock, ...]:
    """So many comments on two questions from two groups."""
    blocks = []
    for n, (question, group) in enumerate(
        (question, group)
        for question in ("What should Amara keep doing?", "What should Amara do differently?")
        for group in ("Peers", "Direct reports")
    ):
        texts = tuple(_SAID[(n + m // 4) % len(_SAID)] for m in range(n, count, 4))
        if texts:
            blocks.append(CommentBlock(question=question, group=group, texts=texts))
    return tuple(blocks)


COVER = Cover(
    person="Amara Okafor",
    first_name="Amara",
    role="Head of Operations",
    unit="Operations",
    organisation="Acme Logistics",
    programme="Leading through others",
    cohort="Autumn 2025",
    framework="Leadership framework of Acme, version 2",
    coach="Ines Marques",
    manager="Maya Singh",
    sponsor="Sofia Berg",
    began_on=date(2024, 12, 20),
    released_to=("Amara Okafor", "Ines Marques (coach)"),
    raters=tuple(RaterCount(group=group.name, words=group.count) for group in _GROUPS),
)
PATHWAY = PathwayPart(
    title="Leading through others",
    enrolled_on=date(2025, 9, 1),
    stages=(
        StagePart(title="Finding your feet", done=4, steps=4, shown=2, gates=2),
        StagePart(title="Leading a team", done=3, steps=5, shown=1, gates=3),
        StagePart(title="Leading across", done=0, steps=4, shown=0, gates=0),
    ),
)
COURSES = (
    CoursePart(
        title="Leading teams",
        completed_on=date(2025, 3, 14),
        result="Passed, 88 of 100",
        develops=("Coaching others", "Delegating"),
        evidence="met at 3.0",
    ),
    CoursePart(
        title="Difficult conversations",
        completed_on=date(2025, 11, 4),
        result="Took part",
        develops=("Giving feedback",),
        evidence="listed; moves no level",
    ),
    CoursePart(
        title="Finance for those who would rather not",
        completed_on=date(2026, 5, 22),
        result="Not passed, 41 of 100",
        develops=("Financial acumen",),
        evidence="not met at 3.0",
    ),
)
COACHING = CoachingPart(
    coach="Ines Marques",
    purpose="To lead the merged depots through other people rather than by doing it herself.",
    began_on=date(2025, 9, 15),
    held=9,
    agreed=12,
    last_on=date(2026, 11, 6),
    actions_kept=14,
    actions_open=3,
    actions_slipped=1,
    milestones=(
        MilestonePart(
            title="Runs a team review alone",
            competency="Coaching others",
            level=3,
            due_on=date(2026, 3, 31),
            met_on=date(2026, 3, 20),
            reached=Reached.MET,
        ),
        MilestonePart(
            title="Gives every direct report feedback in the week it is due, for a quarter",
            competency="Giving feedback",
            level=4,
            due_on=date(2027, 1, 31),
            met_on=None,
            reached=Reached.PLANNED,
        ),
        MilestonePart(
            title="Presents the budget without the controller",
            competency="Financial acumen",
            level=3,
            due_on=date(2026, 9, 30),
            met_on=None,
            reached=Reached.MISSED,
        ),
    ),
)
ASSIGNMENTS = (
    AssignmentPart(
        title="Depot merger, Porto",
        kind="project",
        state="completed",
        starts_on=date(2026, 1, 12),
        ends_on=date(2026, 8, 28),
        stretch="High on stakes and boundary crossing",
        promised="Two depots under one roof without a lost delivery day.",
        measure="late deliveries a week",
        delivered="One roof since June; late deliveries fell from 41 to 19 a week.",
        proof="Dispatch figures, weeks 20 to 34",
        outcome_word="Confirmed",
        confirmed_by="Sofia Berg",
        confirmed_on=date(2026, 9, 4),
        claims=(
            ClaimPart(competency="Leading change", level=4.5),
            ClaimPart(competency="Coaching others", level=4.0),
        ),
        debriefs=(
            DebriefPart(
                author="Amara Okafor",
                kind="leader",
                held_on=date(2026, 9, 8),
                outcome="It worked because the drivers drew the new routes.",
                learned="I asked late for help with the lease; a week sooner would have saved two.",
                next_action="Ask the question I would rather not ask in the first week.",
            ),
            DebriefPart(
                author="Sofia Berg",
                kind="sponsor",
                held_on=date(2026, 9, 10),
                outcome="Delivered more than was promised, with fewer people than planned.",
                learned="",
                next_action="",
            ),
        ),
    ),
)
STEPS = (
    OpenStep(
        text="Gives every direct report feedback in the week it is due, for a quarter",
        competency="Giving feedback",
        due_on=date(2027, 1, 31),
        kind="milestone",
    ),
    OpenStep(
        text="Shadow the budget round",
        competency="Financial acumen",
        due_on=date(2026, 12, 15),
        kind="action",
    ),
    OpenStep(text="Module 3: Leading across", competency="", due_on=None, kind="course"),
)


def review(
    competencies: tuple[CompetencyPart, ...],
    feedback_part: FeedbackPart | None,
    *,
    paper: Paper = Paper.A4,
    cover: Cover = COVER,
    steps: tuple[OpenStep, ...] = STEPS,
) -> ReviewDocument:
    """A leader's edition with everything that follows from its parts."""
    picture = picture_of(competencies, feedback_part, steps, LIMITS)
    return ReviewDocument(
        audience=Audience.LEADER,
        number="LR-2026-7K3QD",
        as_of=AS_OF,
        paper=paper,
        parts=tuple(Part),
        agreement_on=None,
        cover=cover,
        scale=SCALE,
        limits=LIMITS,
        picture=picture,
        competencies=competencies,
        feedback=feedback_part,
        pathway=PATHWAY,
        courses=COURSES,
        coaching=COACHING,
        assignments=ASSIGNMENTS,
        goals=goals_of(competencies, steps),
        questions=questions_of(picture),
        earlier=(EarlierReview(number="LR-2025-M2P8A", as_of=date(2025, 11, 20)),),
    )


def full(n_comments: int = 6, *, paper: Paper = Paper.A4) -> ReviewDocument:
    """The usual review: eight competencies, one of which nobody assessed, and a 360."""
    parts = (*(competency(n) for n in range(8)), unassessed(8, "Negotiating"))
    return review(parts, feedback(n_comments, parts[:8]), paper=paper)


def sparse() -> ReviewDocument:
    """Somebody's first month: targets, no evidence."""
    parts = (unassessed(0, "Coaching others"), unassessed(1, "Delegating"))
    made = review(parts, None, cover=replace(COVER, raters=(), coach="", sponsor=""), steps=())
    return replace(made, pathway=None, courses=(), coaching=None, assignments=(), earlier=())


def sponsor(parts: tuple[Part, ...] = tuple(Part)) -> ReviewDocument:
    """A sponsor edition in which everything was agreed."""
    made = full(0)
    assert made.feedback is not None
    lines = tuple(
        replace(line, own=None, cells=(), gap=None, quadrant="", items=(), low=None, high=None)
        for line in made.feedback.lines
    )
    return replace(
        made,
        audience=Audience.SPONSOR,
        number="SR-2026-4T9WX",
        parts=parts,
        agreement_on=date(2025, 9, 15),
        competencies=tuple(
            replace(each, points=(), pieces=(), moved=None) for each in made.competencies
        ),
        feedback=replace(
            made.feedback, groups=(), left_out=(), lines=lines, profile_agreement=None
        ),
        assignments=tuple(replace(each, debriefs=()) for each in made.assignments),
    )


HOSTILE = (
    '<img src="{url}/image.png"><link rel="stylesheet" href="{url}/sheet.css">'
    '<link rel="attachment" href="file:///etc/passwd"><a rel="attachment" href="{url}/a">x</a>'
    '<style>@import "{url}/import.css"; body {{ background: url({url}/back.png) }}</style>'
    '<svg><image href="{url}/svg.png"/></svg><object data="{url}/object"></object>'
    "]]></title>{{{{ 7 * 7 }}}} {{% include '/etc/passwd' %}}"
)
LONG = "Maria-Magdalena Wilhelmine Adelgunde von Hohenstein-Schwarzenberg-Württemberg zu Oldenburg"
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


def in_other_scripts() -> ReviewDocument:
    """Names from right to left, long ones, and scripts that are not Latin."""
    names = ("قيادة التغيير", "חשיבה אסטרטגית", "Ведение переговоров", "Ηγεσία", "Lãnh đạo", WORD)
    parts = tuple(competency(n, name=name) for n, name in enumerate(names))
    cover = replace(
        COVER,
        person="أمارا أوكافور",
        first_name="أمارا",
        coach="יעל כהן",
        manager=LONG,
        sponsor="Зоя Ильина",
        unit=WORD,
    )
    return review(parts, feedback(6, parts), cover=cover)


def long_names() -> ReviewDocument:
    """A name that needs three lines of the cover."""
    cover = replace(COVER, person=LONG, first_name="Maria-Magdalena", role=WORD)
    parts = tuple(competency(n, name=f"{WORD} {n}", n_pieces=40) for n in range(3))
    return review(parts, feedback(1, parts), cover=cover)


def hostile(url: str) -> ReviewDocument:
    """Somebody tries to have addresses fetched and files embedded, wherever people write."""
    text = HOSTILE.format(url=url)
    parts = tuple(
        replace(
            competency(n, name=text),
            domain=text,
            pieces=tuple(replace(piece, title=text, author=text) for piece in competency(n).pieces),
        )
        for n in range(2)
    )
    made = review(
        parts,
        replace(
            feedback(0, parts),
            title=text,
            comments=(CommentBlock(question=text, group=text, texts=(text, text)),),
        ),
        cover=replace(COVER, person=text, first_name=text, unit=text, coach=text, programme=text),
        steps=tuple(replace(step, text=text, competency=text) for step in STEPS),
    )
    return replace(
        made,
        coaching=replace(
            COACHING,
            purpose=text,
            milestones=tuple(replace(each, title=text) for each in COACHING.milestones),
        ),
        assignments=tuple(
            replace(
                each,
                delivered=text,
                proof=text,
                debriefs=tuple(replace(one, learned=text) for one in each.debriefs),
            )
            for each in ASSIGNMENTS
        ),
    )
