"""Charts as plain definitions, and renderers that make SVG, a Plotly figure or a table of one.

Nothing here decides what a number means or who may see it.
"""
