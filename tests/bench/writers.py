"""People who go on storing things whatever becomes of the server, and remember what was promised.

Each has at most one thing on its way. What is not acknowledged is sent again with the same key
until it is, as somebody with a browser would.
"""

from __future__ import annotations

import http.client
import threading
import time
from abc import ABC, abstractmethod
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from random import Random
from uuid import uuid4

from ldtrack.core.ids import encode
from tests.bench.crowd import Crowd, Rater
from tests.bench.wire import Fields, Visitor, send

_PAUSE = 0.05


@dataclass(frozen=True, kw_only=True)
class Write:
    """Something to store: a form, its address, and what it will be known by."""

    path: str
    fields: Fields
    mark: str


class Writer(ABC):
    """Somebody with one kind of thing to store, in a thread of their own."""

    kind = ""

    def __init__(self, visitor: Visitor, port: int) -> None:
        self.visitor = visitor
        self.port = port
        self.acknowledged = 0
        self.sent_again = 0
        self.refused = Counter[int]()
        self._on_its_way: Write | None = None
        self._may_begin = threading.Event()
        self._ended = threading.Event()
        self._resting = threading.Event()
        self._thread = threading.Thread(target=self._go_on, daemon=True)
        self._thread.start()

    @abstractmethod
    def next_write(self) -> Write | None:
        """What to store next; None if there is nothing left."""

    @abstractmethod
    def stored(self, write: Write) -> None:
        """Remember that the server said it is stored."""

    def begin(self) -> None:
        """Store one thing after another from now on."""
        self._resting.clear()
        self._may_begin.set()

    def hold(self) -> None:
        """Begin nothing new."""
        self._may_begin.clear()

    def is_resting(self, seconds: float) -> bool:
        """Whether nothing is on its way any more, waiting so long for it."""
        return self._resting.wait(seconds)

    def end(self) -> None:
        """Leave."""
        self._ended.set()
        self._may_begin.set()
        self._thread.join(90)

    def _go_on(self) -> None:
        while not self._ended.is_set():
            if self._on_its_way is None:
                if not self._may_begin.is_set():
                    self._resting.set()
                    self._may_begin.wait()
                    continue
                self._on_its_way = self.next_write()
                if self._on_its_way is None:
                    self._may_begin.clear()
                    continue
            self._try(self._on_its_way)

    def _try(self, write: Write) -> None:
        try:
            answer = send(self.port, write.path, self.visitor, write.fields)
        except (OSError, http.client.HTTPException):
            self.sent_again += 1
            time.sleep(_PAUSE)
            return
        if answer.status == 303:
            self.stored(write)
            self.acknowledged += 1
            self._on_its_way = None
        else:
            self.refused[answer.status] += 1
            time.sleep(_PAUSE)


class Coach(Writer):
    """Logs sessions, each with its mark as the shared note."""

    kind = "session"

    def __init__(self, visitor: Visitor, port: int, crowd: Crowd, today: date) -> None:
        self.crowd, self.today = crowd, today
        self.marks: list[str] = []
        super().__init__(visitor, port)

    def next_write(self) -> Write:
        mark = f"session {uuid4().hex}"
        fields = (
            ("idempotency_key", uuid4().hex),
            ("held_on", self.today.isoformat()),
            ("minutes", "45"),
            ("shared_note", mark),
        )
        return Write(path=self.crowd.session_form, fields=fields, mark=mark)

    def stored(self, write: Write) -> None:
        self.marks.append(write.mark)


class Leader(Writer):
    """Writes a journal, each entry with its mark as the text."""

    kind = "entry"

    def __init__(self, visitor: Visitor, port: int) -> None:
        self.marks: list[str] = []
        super().__init__(visitor, port)

    def next_write(self) -> Write:
        mark = f"entry {uuid4().hex}"
        fields = (("idempotency_key", uuid4().hex), ("body", mark), ("prompt", "open"))
        return Write(path="/journal", fields=fields, mark=mark)

    def stored(self, write: Write) -> None:
        self.marks.append(write.mark)


class Asker(Writer):
    """Asks for one review each time they may begin: a row, a job, a file and a mail."""

    kind = "review"

    def __init__(self, visitor: Visitor, port: int, crowd: Crowd) -> None:
        self.crowd = crowd
        super().__init__(visitor, port)

    def next_write(self) -> Write:
        fields = (("idempotency_key", uuid4().hex), ("audience", "leader"), ("paper", "a4"))
        return Write(path=self.crowd.review_form, fields=fields, mark="")

    def stored(self, write: Write) -> None:
        self.hold()


@dataclass
class Filled:
    """What the server said it holds of one rater."""

    scores: dict[int, int] = field(default_factory=dict)
    comment: str = ""
    is_sent: bool = False


class Raters(Writer):
    """One rater after another: saves screens, changes their mind, writes a comment, sends."""

    kind = "360 page"

    def __init__(
        self, visitor: Visitor, port: int, crowd: Crowd, raters: list[Rater], random: Random
    ) -> None:
        self.crowd, self.raters, self.random = crowd, raters, random
        self.filled: dict[int, Filled] = {}
        self._plan: list[tuple[str, int, Fields, dict[int, int]]] = []
        super().__init__(visitor, port)

    def next_write(self) -> Write | None:
        if not self._plan:
            if not self.raters:
                return None
            self._plan = self._plan_of(self.raters.pop())
        path, _, fields, _ = self._plan[0]
        return Write(path=path, fields=fields, mark=fields[0][1] if fields else "")

    def stored(self, write: Write) -> None:
        _, response_id, _, said = self._plan.pop(0)
        filled = self.filled.setdefault(response_id, Filled())
        filled.scores |= said
        if write.path.endswith("/review"):
            filled.is_sent = True
        elif not said:
            filled.comment = write.mark

    def _plan_of(self, rater: Rater) -> list[tuple[str, int, Fields, dict[int, int]]]:
        screens = [*enumerate(self.crowd.screens, start=1)]
        screens.append(self.random.choice(screens))
        link, id_ = f"/r/{rater.word}", rater.response_id
        plan = []
        for number, items in screens:
            said = {item: self.random.randint(1, 5) for item in items}
            fields = tuple((f"i_{encode(item)}", str(score)) for item, score in said.items())
            plan.append((f"{link}/{number}", id_, fields, said))
        words = ((f"q_{self.crowd.question}", f"comment {uuid4().hex}"),)
        plan.append((f"{link}/{len(self.crowd.screens) + 1}", id_, words, {}))
        plan.append((f"{link}/review", id_, (), {}))
        return plan
