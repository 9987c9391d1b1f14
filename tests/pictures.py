"""Takes the README's pictures: a fresh sample business, seen in the browser of this machine."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import BROWSERS, CHROMIUM_FLAGS

PASSWORD = "amends-demo"
AMENDS = Path(sys.executable).with_name("amends")


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with sample() as url, browser() as chromium:
        desk = signed_in(chromium, url, "mona@larder.example")
        desk.goto("/desk/today/?whose=place")
        desk.screenshot(path=folder / "today.png")
        desk.get_by_role("link", name="Noor Haddad").first.click()
        desk.wait_for_load_state("networkidle")
        desk.screenshot(path=folder / "recovery.png")
        link = letter_link(chromium, url, "What I would like to do for you")
        phone = chromium.new_page(viewport={"width": 390, "height": 844}, device_scale_factor=2)
        phone.goto(link)
        phone.screenshot(path=folder / "customer.png")


def signed_in(chromium: Browser, url: str, email: str) -> Page:
    page = chromium.new_page(base_url=url, viewport={"width": 1280, "height": 860})
    page.goto("/desk/today/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/desk/today/**")
    return page


def letter_link(chromium: Browser, url: str, subject: str) -> str:
    """A customer's own link, out of the newest letter of that subject."""
    post = signed_in(chromium, url, "olive@larder.example")
    post.goto("/demo/post/")
    post.get_by_role("link", name=re.compile(subject)).first.click()
    post.wait_for_load_state()
    found = re.search(r"/r/[0-9a-z]+\.[0-9a-z]+/", post.content())
    assert found, f"no letter «{subject}» has a link"
    return url + found[0]


@contextmanager
def sample() -> Iterator[str]:
    port, smtp_port = free_port(), free_port()
    url = f"http://localhost:{port}"
    data = tempfile.mkdtemp(prefix="amends-pictures-")
    surroundings = os.environ | {
        "AMENDS_DATA": data,
        "AMENDS_DEMO": "on",
        "AMENDS_MAIL_URL": "keep://",
        "AMENDS_LISTEN": f"127.0.0.1:{port}",
        "AMENDS_SMTP_LISTEN": f"127.0.0.1:{smtp_port}",
        "AMENDS_URL": url,
    }
    subprocess.run([AMENDS, "demo"], env=surroundings, check=True, stdout=subprocess.DEVNULL)
    serving = subprocess.Popen([AMENDS, "serve"], env=surroundings)
    try:
        wait_for(f"{url}/healthz")
        yield url
    finally:
        serving.terminate()
        serving.wait(20)
        shutil.rmtree(data, ignore_errors=True)


@contextmanager
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, (os.environ.get("AMENDS_CHROMIUM", ""), *BROWSERS))))
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        yield chromium
        chromium.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait_for(url: str, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(url, timeout=2)
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(f"{url} did not answer")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
