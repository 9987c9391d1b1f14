"""The table of what happens by the clock."""

import inspect

import pytest
from django.utils.module_loading import import_string

from amends.config.schedule import TABLE


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_every_row_names_a_function_that_can_be_called_as_it_is(row):
    inspect.signature(import_string(row.function)).bind()


@pytest.mark.django_db
def test_every_row_runs_on_an_empty_installation():
    for row in TABLE:
        row.run()
