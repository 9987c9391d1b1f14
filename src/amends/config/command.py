"""The command `amends`.

Two commands go their own short way: `serve` only watches and should weigh nothing, and `deliver` is
started by a mail server for every message.
"""

import sys


def main() -> None:
    """Refusals are one line; everything else that goes wrong is a fault and shows itself."""
    given = sys.argv[1:]
    if given[:1] == ["deliver"]:
        from amends.config import delivering

        raise SystemExit(delivering.deliver(given[1:]))
    if given == ["serve"]:
        from amends.config import serve

        raise SystemExit(serve.serve())
    from amends.config import operating

    operating.app()


if __name__ == "__main__":
    main()
