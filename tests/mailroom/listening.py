"""Takes post by SMTP into a database and folder that somebody else looks at; to be killed at will.

python -m tests.mailroom.listening DATABASE-SETTINGS-AS-JSON FOLDER PORT
"""

import json
import os
import sys
import threading
from collections.abc import Sequence


def main() -> None:
    database, folder, port = sys.argv[1:]
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    from django.conf import settings

    settings.DATABASES["default"].update(json.loads(database))
    settings.STORAGES["kept"] = {
        "BACKEND": "amends.kit.files.LocalShelf",
        "OPTIONS": {"location": folder},
    }
    import django

    django.setup()
    from amends.mailroom.smtp import serve

    serve(
        take,
        accepts=lambda address: address.endswith("@amends.test"),
        host="127.0.0.1",
        port=int(port),
        stop=threading.Event(),
        ready=lambda: sys.stdout.write("ready\n") and sys.stdout.flush(),
    )


def take(raw: bytes, *, way: str, sender: str, recipients: Sequence[str], peer: str) -> None:
    """The smallest intake there can be: stored, opened, filed."""
    from amends.mailroom.post import store

    open_and_file(store(raw, way=way, sender=sender, recipients=recipients, peer=peer))


def open_and_file(post) -> None:
    from amends.kit.refs import new_ref
    from amends.mailroom.filing import file_in
    from amends.mailroom.parsing import parse
    from tests.mailroom.matches import find_thread

    with post.opening() as is_mine:
        if is_mine:
            parsed = parse(post.raw())
            match = find_thread(parsed, post.recipients)
            file_in(post, parsed, thread=match.thread if match else new_ref())


if __name__ == "__main__":
    main()
