"""The parts of Amends that run for ever: web, worker and mail; each alone, or several together."""

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from amends.config import environment
from amends.config.start import start

Running = Callable[[threading.Event], None]
WEB_THREADS = min(8, 2 * (os.cpu_count() or 1) + 1)


def run(names: Sequence[str]) -> None:
    """The pages by granian, in processes of their own; the rest as threads of this process."""
    if "web" in names:
        run_web()
        return
    start()
    from amends.config import intake, worker

    running: dict[str, Running] = {"worker": worker.run, "mail": intake.run}
    if not _together({name: running[name] for name in names}):
        raise SystemExit(1)


def _together(running: Mapping[str, Running]) -> bool:
    """Each in a thread; when one ends, all end. Whether they ended because somebody asked."""
    stop = threading.Event()
    asked: list[int] = []

    def end(received: int, _: object) -> None:
        asked.append(received)
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    threads = [threading.Thread(target=part, args=(stop,)) for part in running.values()]
    for thread in threads:
        thread.start()
    while all(thread.is_alive() for thread in threads) and not stop.wait(0.5):
        pass
    stop.set()
    for thread in threads:
        thread.join()
    return bool(asked)


def run_web() -> None:
    surroundings = environment.read(os.environ)
    if surroundings.debug:
        _run_reloading(surroundings.listen)
        return
    from granian import Granian
    from granian.constants import Interfaces, Loops
    from granian.log import LogLevels

    Granian(
        "amends.config.wsgi:application",
        address=surroundings.listen.host,
        port=surroundings.listen.port,
        interface=Interfaces.WSGI,
        loop=Loops.asyncio,
        workers=surroundings.workers,
        blocking_threads=WEB_THREADS,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=5,
        log_level=LogLevels.warning,
        websockets=False,
    ).serve(target_loader=_application, wrap_loader=False)


def end_with(parent: int) -> None:
    """A part whose parent was killed must not live on and hold its port; also when that happened
    before the part could look."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="end with parent", daemon=True).start()


def _application(*_: Any) -> Any:
    spawner = multiprocessing.parent_process()
    end_with(spawner.pid if spawner and spawner.pid else os.getppid())
    from amends.config.wsgi import application
    from amends.kit.allocating import give_back_what_is_large

    give_back_what_is_large()
    return application


def _run_reloading(listen: environment.Address) -> None:
    start()
    from django.core.management import call_command

    call_command("runserver", str(listen))


if __name__ == "__main__":
    *names, parent = sys.argv[1:]
    end_with(int(parent))
    run(names)
