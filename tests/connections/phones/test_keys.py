import stat

import pytest

from amends.connections.phones import keys


@pytest.fixture
def folder(tmp_path, settings):
    settings.DATA = tmp_path
    return tmp_path


def test_the_key_is_made_once_and_readable_by_its_owner_alone(folder):
    first = keys.keys()
    keys._read.cache_clear()
    assert keys.keys() == first
    kept = folder / keys.FILE
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == [keys.FILE]


def test_of_two_who_start_at_once_one_key_wins(folder):
    first = keys.keys()
    keys._keep(folder / keys.FILE, b"another")
    keys._read.cache_clear()
    assert keys.keys() == first
