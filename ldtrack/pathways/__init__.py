"""Pathways: designed routes of stages and steps, their versions, and people's way along them."""
