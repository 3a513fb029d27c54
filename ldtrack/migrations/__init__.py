"""Revisions of the tables; they import no room, so that later changes cannot change them."""
