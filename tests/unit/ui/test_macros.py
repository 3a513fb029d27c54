from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace

import pytest
from flask import Flask
from markupsafe import Markup

from ldtrack.ui.components import address_with, drawing
from ldtrack.ui.fields import ChoiceField, LineField, Option, PickManyField, TextField, TickField
from ldtrack.ui.forms import Form
from tests.unit.ui.conftest import Render
from tests.unit.ui.forms import filled

DRAWN = '<svg viewBox="0 0 1 1"><title>Level 3.6.</title></svg>'
HOSTILE = "<b onclick=x>&\"'"


class Session(Form):
    place = LineField("Place", required=True, hint="Room or link")
    note = TextField("Note")
    competencies = PickManyField("Competencies", required=True)
    rating = ChoiceField(
        "Listens",
        radios=True,
        options=[
            Option(id="1", label="1", note="Not yet"),
            Option(id="2", label="2"),
            Option(id="n", label="Not able to observe"),
        ],
    )
    agree = TickField("Agreed")


@pytest.fixture
def form(app: Flask) -> Iterator[Session]:
    with app.test_request_context("/", method="POST"):
        form = filled(Session, place="", note=HOSTILE)
        form.competencies.options = [Option(id=1, label=HOSTILE, group="People")]
        form.validate()
        yield form


def test_a_form_carries_token_and_key_and_leads_to_its_errors(page: Render, form: Session) -> None:
    shown = page(
        '{% from "components/form.html" import form_for, field, submit %}'
        "{% call form_for(form, autosave_url='/draft') %}{{ field(form.place) }}"
        "{{ submit('Save', cancel_url='/') }}{% endcall %}",
        form=form,
    )
    assert f'name="idempotency_key" type="hidden" value="{form.idempotency_key.data}"' in shown
    assert '<a href="#place">Please fill in “Place”.</a>' in shown
    assert 'aria-describedby="place-hint place-error" aria-invalid="true" id="place"' in shown
    assert 'data-autosave-url="/draft"' in shown


def test_what_was_typed_is_kept_and_escaped_in_every_kind_of_field(
    page: Render, form: Session
) -> None:
    shown = page(
        '{% from "components/form.html" import field %}'
        "{% for f in form %}{{ field(f) }}{% endfor %}",
        form=form,
    )
    assert "<b onclick" not in shown
    assert "&lt;b onclick=x&gt;&amp;&#34;&#39;</textarea>" in shown


def test_ids_are_unique_even_with_two_forms_on_a_page(page: Render, form: Session) -> None:
    shown = page(
        '{% from "components/form.html" import form_for, field, rating, post_button %}'
        "{% call form_for(form) %}{{ field(form.competencies) }}{{ rating(form.rating) }}"
        "{% endcall %}{{ post_button('/x', 'Do') }}{{ post_button('/y', 'Do') }}",
        form=form,
    )
    found = [part.split('"')[0] for part in shown.split(' id="')[1:]]
    assert sorted(found) == sorted(set(found))
    assert {"competencies-0", "rating-0", "rating-1", "rating-2"} <= set(found)


def test_readers_are_named_and_tied_to_the_field(page: Render, form: Session) -> None:
    shown = page(
        '{% from "components/form.html" import field %}'
        "{{ field(form.note, readers_kind='private', readers_text='Only you', rows=9) }}",
        form=form,
    )
    assert 'class="field private"' in shown
    assert 'aria-describedby="note-readers"' in shown
    assert 'rows="9"' in shown


def test_a_table_shows_rows_sorts_by_link_and_keeps_the_rest_of_the_address(page: Render) -> None:
    rows = [SimpleNamespace(name=HOSTILE, url="/p/1", level=None, on=date(2026, 11, 3))]
    shown = page(
        '{% from "components/table.html" import data_table, pager %}'
        "{{ data_table([{'key': 'name', 'label': 'Name', 'sort': true, 'link': 'url'},"
        " {'key': 'level', 'label': 'Level', 'num': true},"
        " {'key': 'on', 'label': 'On', 'day': true}],"
        " rows, 'People', sort={'key': 'name', 'down': false}, csv_url='/p.csv') }}"
        "{{ pager(3, 5, 112, 'person', 'people') }}",
        rows=rows,
    )
    assert 'aria-sort="ascending"' in shown
    assert 'href="?stage=2&amp;sort=-name"' in shown
    assert 'href="?stage=2&amp;page=4"' in shown
    assert "112 people · page 3 of 5" in shown
    assert '<td data-label="Level" class="num">–</td>' in shown
    assert '<td data-label="On">3 Nov 2026</td>' in shown
    assert '<th scope="row" data-label="Name"><a href="/p/1">&lt;b' in shown


def test_an_empty_table_says_what_to_do_instead(page: Render) -> None:
    shown = page(
        '{% from "components/table.html" import data_table %}'
        '{% from "components/empty.html" import empty_state %}'
        "{{ data_table([], [], 'People', empty=empty_state('Nobody yet', action_label='Add',"
        " action_url='/add')) }}{{ data_table([], [], 'People', empty='<None>') }}"
    )
    assert "<table" not in shown
    assert '<a class="button" href="/add">Add</a>' in shown
    assert '<p class="empty-line">&lt;None&gt;</p>' in shown


def test_a_page_may_write_the_cells_of_a_table_itself(page: Render) -> None:
    shown = page(
        '{% from "components/table.html" import data_table %}'
        "{% call(row) data_table([{'key': 'a', 'label': 'A'}], [1, 2], 'Numbers') %}"
        '<th scope="row">{{ row }}</th>{% endcall %}'
    )
    assert '<th scope="row">1</th>' in shown
    assert 'role="region" aria-label="Numbers" tabindex="0"' in shown


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "status_tag.html:status_tag:('met', 'At target')",
            '<span class="tag met"><svg class="shape"',
        ),
        ("status_tag.html:status_tag:('waiting', 'Waits')", "#clock"),
        ("level_meter.html:level_meter:(svg, '3.6, fairly sure')", "3.6, fairly sure"),
        (
            "competency_card.html:competency_card:('Asks', '/c', 'met', 'Met', svg, 'So', '/w')",
            '<a href="/w">Why<span class="visually-hidden"> Asks is',
        ),
        (
            "stepper.html:stepper:([{'label': 'Learn', 'state': 'current'}])",
            'aria-current="step"',
        ),
        ("timeline.html:timeline:([entry])", 'datetime="2026-11-03">3 Nov 2026</time>'),
        ("progress.html:progress_bar:('Done', 3, 0)", 'max="1" value="3"'),
        ("progress.html:progress_pair:(7, 12, 3, 9)", "3 of 9"),
        (
            "progress.html:long_job:('Reviews', 0, 0, 'waiting', '/p', 'Waits')",
            'data-progress-url="/p"',
        ),
        ("progress.html:refresh:()", '<noscript><meta http-equiv="refresh" content="5">'),
        ("confirm.html:confirm:('Gone for good.', '/x', 'Delete', '/')", 'name="csrf_token"'),
        ("confirm.html:confirm_here:('Delete', 'Gone.', '/x', 'Yes')", "<summary"),
        ("who_can_see.html:who_can_see:('You alone', ['Ada'])", "<li>Ada</li>"),
        ("empty.html:empty_state:('Nothing yet')", "Nothing yet"),
        ("page_head.html:head:('You are there')", "<h1>You are there</h1>"),
    ],
)
def test_a_component_shows_what_it_is_given(page: Render, source: str, expected: str) -> None:
    file, name, arguments = source.split(":", 2)
    shown = page(
        f'{{% from "components/{file}" import {name} %}}{{{{ {name}{arguments} }}}}',
        svg=DRAWN,
        entry=SimpleNamespace(on=date(2026, 11, 3), text="Met"),
    )
    assert expected in shown


def test_only_a_drawing_passes_unescaped() -> None:
    assert drawing(DRAWN) == Markup(DRAWN)
    with pytest.raises(ValueError):
        drawing("<script>")


def test_an_address_changes_only_what_it_is_asked_to(app: Flask) -> None:
    with app.test_request_context("/?q=a%26b&page=3&tag=x&tag=y"):
        assert address_with(page=4, q=None) == "?tag=x&tag=y&page=4"
