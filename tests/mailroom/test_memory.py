"""What reading a large message costs in memory, measured in a process of its own."""

import subprocess
import sys

import pytest

READ = """
import base64, resource, sys
from amends.mailroom.parsing import parse
unit = 1 if sys.platform == "darwin" else 1024
raw = b"From: a@x.test\\nContent-Type: multipart/mixed; boundary=b\\n\\n" + {body}
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
parsed = parse(raw)
assert not parsed.trouble
assert {known}, parsed.notes
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit - before) / 1_000_000)
"""
FILE = r'b"--b\nContent-Type: a/b; name=x\nContent-Transfer-Encoding: base64\n\n" + (b"QUFB" * 19 + b"\n") * 520_000'
TEXT = r'b"--b\nContent-Type: text/plain\n\n" + b"the vase came broken again\n" * 1_500_000'
HTML = r'b"--b\nContent-Type: text/html\n\n" + b"<p>the vase <b>came</b> broken\n" * 1_300_000'
PARTS = r'b"--b\nContent-Type: image/png; name=a.png\n\nPNG\n" * 10_000'


@pytest.mark.parametrize(
    ("body", "known", "most"),
    [
        (FILE, "len(parsed.attachments[0].content) > 29_000_000", 60),
        (TEXT, "parsed.notes and len(parsed.text) == 1_000_000", 60),
        (HTML, "parsed.notes and parsed.html", 60),
        (PARTS, "parsed.notes and parsed.attachments", 30),
    ],
    ids=["file", "text", "HTML", "parts"],
)
def test_freescout_3298_forty_megabytes_and_ten_thousand_parts_cost_little_memory(
    body, known, most
):
    """Guarantee 1: a large message exhausts nothing; what is left out is said."""
    command = [sys.executable, "-c", READ.format(body=body, known=known)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) < most
