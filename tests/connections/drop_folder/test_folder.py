"""Half-written files, links, two workers, and one that died."""

import os
import stat
import subprocess
import sys
from datetime import timedelta

import pytest

from amends.connections.drop_folder.folder import (
    KEPT,
    SETTLED,
    Watch,
    forget_old,
    held,
    keep,
    kind_of,
    left_working,
    prepare,
    take,
    told_by,
)
from amends.kit.clock import now


@pytest.fixture
def folder(tmp_path):
    prepare(tmp_path)
    return tmp_path


def drop(folder, name="bookings.csv", text="a,b\n", *, ago=60):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    moment = now().timestamp() - ago
    os.utime(path, (moment, moment))
    return path


def finished(watch):
    return [str(one.path.relative_to(watch.folder)) for one in watch.finished(at=now())]


def test_a_file_is_finished_when_it_was_the_same_twice(folder):
    watch = Watch(folder)
    path = drop(folder)
    assert finished(watch) == []
    assert finished(watch) == ["bookings.csv"]
    with path.open("a") as more:
        more.write("c,d\n")
    assert finished(watch) == []
    drop(folder, text="a,b\nc,d\n")
    finished(watch)
    assert finished(watch) == ["bookings.csv"]


def test_what_was_just_written_is_waited_for(folder):
    watch = Watch(folder)
    drop(folder, ago=SETTLED.total_seconds() / 2)
    assert [finished(watch), finished(watch)] == [[], []]


def test_a_folder_of_a_place_is_for_that_place(folder):
    watch = Watch(folder)
    drop(folder, "larder-bath/orders.csv")
    finished(watch)
    (one,) = watch.finished(at=now())
    assert one.place == "larder-bath"


def test_unfinished_names_links_and_pipes_are_passed_over(folder):
    watch = Watch(folder)
    for name in ("a.csv.part", ".a.csv", "~a.csv", "a.csv~", "a.csv.TMP", "done/b.csv"):
        drop(folder, name)
    (folder / "link.csv").symlink_to("/etc/hostname")
    (folder / "out").symlink_to("/etc")
    os.mkfifo(folder / "pipe.csv")
    finished(watch)
    assert finished(watch) == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("bookings-2026-06-05.csv", "visits"),
        ("Orders.xlsx", "orders"),
        ("RATINGS_week23.jsonl", "ratings"),
        ("ordersheet.csv", ""),
        ("my-orders.csv", ""),
        ("guests.csv", "customers"),
    ],
)
def test_what_it_is_about_stands_at_the_beginning_of_its_name(name, kind):
    assert kind_of(name) == kind


def test_of_two_workers_one_takes_it(folder):
    watch = Watch(folder)
    drop(folder)
    finished(watch)
    (lying,) = watch.finished(at=now())
    path = take(lying, folder=folder, at=now())
    assert path
    assert told_by(path) == ("", "bookings.csv")
    assert take(lying, folder=folder, at=now()) is None
    with held(path) as mine, held(path) as other:
        assert (mine, other) == (True, False)


def test_who_died_holds_nothing(folder):
    path = drop(folder, "working/x@@bookings.csv")
    dies = f"import fcntl; f = open({str(path)!r}); fcntl.flock(f, fcntl.LOCK_EX); print('held')"
    subprocess.run([sys.executable, "-c", dies], check=True, capture_output=True)
    assert left_working(folder) == [path]
    with held(path) as mine:
        assert mine


def test_what_was_moved_meanwhile_is_not_ours(folder):
    path = drop(folder, "working/x@@bookings.csv")
    keep(path, "done", folder=folder)
    with held(path) as mine:
        assert not mine


def test_nobody_else_reads_what_lies_there(folder):
    for name in ("working", "done", "rejected"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o700


def test_after_a_month_it_is_forgotten(folder):
    old = drop(folder, "done/old.csv", ago=(KEPT + timedelta(days=1)).total_seconds())
    new = drop(folder, "done/new.csv")
    refused = drop(folder, "rejected/old.csv", ago=(KEPT + timedelta(days=1)).total_seconds())
    forget_old(folder, at=now())
    assert (old.exists(), new.exists(), refused.exists()) == (False, True, True)
