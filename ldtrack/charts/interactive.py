"""The only door to the plotly package: checking figures, and the export as an interactive page.

The package is large; callers import this module where they use it, never when the server starts.
"""

from __future__ import annotations

from html import escape

import plotly.graph_objects as go

from ldtrack.charts.figure import Explorable, Figure, to_plotly
from ldtrack.charts.table import Table

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ font: 1rem/1.5 Inter, system-ui, sans-serif; margin: 2rem auto; max-width: 60rem;
  padding: 0 1rem; color: #1b1f24; background: #fbfaf7 }}
table {{ border-collapse: collapse }} th, td {{ padding: .3rem 1rem .3rem 0; text-align: left;
  border-bottom: 1px solid #e3dfd6 }}
.num {{ text-align: right; font-variant-numeric: tabular-nums }}
</style>
<h1>{title}</h1>
<p>{reading}</p>
<script>{plotly_js}</script>
{plot}
<h2>The numbers</h2>
{table}
</html>
"""


def validate(figure: Figure) -> go.Figure:
    """The figure as plotly understands it; a property plotly does not know raises ValueError."""
    return go.Figure(data=figure["data"], layout=figure["layout"])


def standalone_page(chart: Explorable, *, plotly_js: str) -> str:
    """One file that needs neither network nor server: the chart to explore, its reading, its table.

    `plotly_js` is the text of the bundle that the pages use; the package's own is four times as
    large.
    """
    figure = to_plotly(chart)
    plot = validate(figure).to_html(
        config=figure["config"], include_plotlyjs=False, full_html=False, default_width="100%"
    )
    return _PAGE.format(
        title=escape(chart.title),
        reading=escape(chart.reading()),
        plotly_js=plotly_js.replace("</script", "<\\/script"),
        plot=plot,
        table=_table(chart.rows()),
    )


def _table(table: Table) -> str:
    numeric = [' class="num"' if n in table.numeric else "" for n in range(len(table.header))]

    def line(cells: tuple[str, ...], tag: str) -> str:
        dressed = zip(numeric, cells, strict=True)
        return f"<tr>{''.join(f'<{tag}{css}>{escape(cell)}</{tag}>' for css, cell in dressed)}</tr>"

    body = "".join(line(row, "td") for row in table.rows)
    return f"<table><thead>{line(table.header, 'th')}</thead><tbody>{body}</tbody></table>"
