"""Ids of responses and words of links: derived from both secrets, and unlike each other."""

from __future__ import annotations

import hmac
from hashlib import sha256
from itertools import pairwise

from ldtrack.feedback.domain.keys import link_word, response_id, word_hash

KEY = bytes(range(32))


def test_an_id_is_the_first_sixty_bits_of_the_code_of_cycle_and_invitation() -> None:
    message = b"response\0" + KEY + (7).to_bytes(8, "big")
    digest = hmac.new(b"secret", message, sha256).digest()
    assert response_id("secret", KEY, 7) == int.from_bytes(digest[:8], "big") >> 4


def test_every_part_matters() -> None:
    same = response_id("secret", KEY, 7)
    assert response_id("secret", KEY, 7) == same
    others = {
        response_id("secret!", KEY, 7),
        response_id("secret", KEY[:-1] + b"\0", 7),
        response_id("secret", KEY, 8),
    }
    assert same not in others
    assert len(others) == 3


def test_ids_fit_in_sixty_bits_and_do_not_follow_the_invitations_order() -> None:
    ids = [response_id("secret", KEY, n) for n in range(1, 1001)]
    assert len(set(ids)) == 1000
    assert all(0 < id_ < 2**60 for id_ in ids)
    rising = sum(a < b for a, b in pairwise(ids))
    assert 430 < rising < 570


def test_the_word_of_a_link_tells_nothing_of_the_id() -> None:
    word = link_word("secret", KEY, 7)
    assert len(word) == 43
    assert not set(word) - set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    assert word_hash(word) == sha256(word.encode()).hexdigest()
    assert str(response_id("secret", KEY, 7)) not in word
