"""The fuzzing in small, and what it found at large."""

import random
from dataclasses import replace

import pytest

from tests.mailroom import fuzz
from tests.mailroom.fuzz import Wrong, changed, examine, seeds
from tests.mailroom.mails import mail


@pytest.mark.parametrize("seed", range(3))
def test_mail_changed_at_random_is_one_readable_message(seed):
    """Guarantee 1: whatever the bytes; many more are tried by bin/fuzz-mail."""
    chance, other = random.Random(seed), b""
    heap = seeds(chance)
    for _ in range(60):
        sown = next(heap)
        examine(changed(sown, other, chance))
        other = sown


def test_the_examination_finds_what_is_wrong(monkeypatch):
    monkeypatch.setattr(fuzz, "read_again", lambda parsed, **_: replace(parsed, fresh="cut"))
    with pytest.raises(Wrong, match="out of sight"):
        examine(mail("The vase came broken."))
    monkeypatch.setattr(fuzz, "clean_html", lambda html, **_: html)
    with pytest.raises(Wrong):
        examine(mail("<script>", content="text/html"))
