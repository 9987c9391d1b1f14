"""In a process of its own, since what is told to the C library holds for good."""

import platform
import subprocess
import sys

import pytest

AFTER = """
import threading
from amends.kit.allocating import give_back_what_is_large
give_back_what_is_large()
def work(kept):
    for size in (31, 21, 11):
        large = [b"x" * (size * 1_000_000) for _ in range(3)]
        kept.append(b"y" * 2_000)  # above them, where it keeps them from being given back
kept = []
for _ in range(4):
    thread = threading.Thread(target=work, args=[kept])
    thread.start()
    thread.join()
    work(kept)
with open("/proc/self/status") as said:
    print(next(int(line.split()[1]) // 1_000 for line in said if line.startswith("VmRSS")))
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc keeps what was freed")
def test_freescout_3298_what_large_messages_took_is_given_back():
    """Guarantee 1: without it these threads keep 50 MB and more."""
    done = subprocess.run([sys.executable, "-c", AFTER], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 30
