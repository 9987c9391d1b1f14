"""The command `amends`.

Three commands go their own short way: `serve` only watches and should weigh nothing, `deliver` is
started by a mail server for every message, and `coach` needs no installation at all.
"""

import sys


def main() -> None:
    """Refusals are one line; everything else that goes wrong is a fault and shows itself."""
    given = sys.argv[1:]
    if given[:1] == ["deliver"]:
        from amends.config import delivering

        raise SystemExit(delivering.deliver(given[1:]))
    if given[:1] == ["coach"]:
        from amends.config import coaching

        raise SystemExit(coaching.coach(given[1:]))
    if given == ["serve"]:
        from amends.config import serve

        raise SystemExit(serve.serve())
    from amends.config import operating

    operating.app()


if __name__ == "__main__":
    main()
