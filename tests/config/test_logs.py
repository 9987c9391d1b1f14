"""Log lines: for people on a terminal, for machines elsewhere."""

import io
import json
import logging
import logging.config

import pytest
import structlog

from amends.config.logs import logging_for


@pytest.fixture
def lines(monkeypatch):
    """What is written to the log from here on."""
    stream = io.StringIO()

    def told(*, shape):
        config = logging_for(shape=shape, level="INFO")
        config["handlers"]["stderr"]["stream"] = stream
        config["loggers"] = {}
        logging.config.dictConfig(config)
        return stream

    before = logging.root.handlers[:], logging.root.level
    yield told
    logging.root.handlers[:], logging.root.level = before


def test_elsewhere_each_line_is_one_json_document(lines):
    stream = lines(shape="json")
    structlog.get_logger("amends.x").warning("letter waits", letter="abc")
    logging.getLogger("django.x").error("plain %s", "words")
    first, second = map(json.loads, stream.getvalue().splitlines())
    assert (first["event"], first["letter"], first["level"]) == ("letter waits", "abc", "warning")
    assert (second["event"], second["logger"]) == ("plain words", "django.x")


def test_on_a_terminal_a_line_is_for_people(lines):
    stream = lines(shape="console")
    structlog.get_logger("amends.x").warning("letter waits", letter="abc")
    assert "letter waits" in stream.getvalue()
    assert not stream.getvalue().startswith("{")
