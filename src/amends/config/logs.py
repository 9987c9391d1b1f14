"""One stream of log lines: easy to read on a terminal, one JSON document a line elsewhere."""

import sys
from typing import Any

import structlog
from structlog.typing import Processor

SHARED: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
)


def logging_for(*, shape: str | None, level: str) -> dict[str, Any]:
    """Django's LOGGING; without a wish, console on a terminal and JSON otherwise."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    on_terminal = sys.stderr.isatty()
    as_console = shape == "console" or (shape is None and on_terminal)
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "amends": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": _last_steps(as_console=as_console, colours=on_terminal),
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "amends"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": level, "propagate": True},
            # aiosmtpd says every byte of a conversation at INFO; letters are nobody's log.
            "mail.log": {"level": "WARNING"},
            "imapclient": {"level": "WARNING"},
            # It would repeat an address that it does not understand, and the secret in it.
            "apprise": {"level": "CRITICAL"},
            "_granian": {"handlers": [], "level": "WARNING", "propagate": True},
        },
    }


def _last_steps(*, as_console: bool, colours: bool) -> list[Processor]:
    tidy = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if as_console:
        return [tidy, structlog.dev.ConsoleRenderer(colors=colours)]
    return [tidy, structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
