from datetime import date

import pytest

from amends.customers.appraisal import Appraisal
from amends.customers.terms import Terms
from amends.kit.clock import now
from tests import cast

pytestmark = pytest.mark.django_db
WORTH = "/desk/settings/worth/"
GOOD = {"margin_percent": "30", "rate_percent": "8", "years": "10", "quarrel_percent": "5"}


@pytest.fixture
def olive(client):
    client.force_login(cast.olive())
    return client


def words(client, **asked) -> str:
    return " ".join(client.get(WORTH, asked).content.decode().split())


def test_s0_17_an_empty_installation_shows_that_nothing_is_set_and_no_number(olive):
    said = words(olive)
    assert said.count('<span class="soon">not set</span>') == 2
    assert "£" not in said


def test_t11_an_owner_sets_the_figures_and_nobody_else_has_any_to_start_from(olive):
    assert olive.post(WORTH, GOOD).status_code == 303
    terms = Terms.objects.get()
    assert (terms.margin, terms.rate, terms.days) == (0.3, 0.08, 3650)
    assert "30 of every 100" in words(olive)
    olive.post(WORTH, {**GOOD, "margin_percent": ""})
    assert not Terms.ours().are_set


@pytest.mark.parametrize(
    "wrong", [{"margin_percent": "101"}, {"years": "0"}, {"rate_percent": "x"}]
)
def test_what_makes_no_sense_is_not_kept(olive, wrong):
    assert olive.post(WORTH, {**GOOD, **wrong}).status_code == 422
    assert not Terms.objects.exists()


def test_others_read_it_and_change_nothing(client):
    client.force_login(cast.mona())
    assert 'name="margin_percent"' not in words(client)
    assert client.post(WORTH, GOOD).status_code == 403


def test_s0_17_the_envelope_reckons_by_the_formula_and_keeps_nothing(olive):
    said = words(olive, reckon="yes", margin="300", keep="80", rate="10")
    assert "£800" in said
    assert not Terms.objects.exists()
    assert "no figure" not in said
    assert "£" not in words(olive, reckon="yes", margin="300", keep="180", rate="10")


LOOKED = {
    "as_of": "2026-05-30",
    "model": "pareto",
    "trials": [
        {
            "model": name,
            "cut": float(date(2026, 1, 1).toordinal()),
            "forecast": 812.4,
            "actual": 790.0,
            "right": 0.81,
            "right_by_silence": 0.79,
            "covered": 0.9,
        }
        for name in ("mbg", "pareto")
    ],
    "picture": {
        "from": "2026-01-01",
        "points": [
            {"days": 7.0, "forecast": 101.2, "low": 90.0, "high": 113.0, "actual": 99.0},
            {"days": 14.0, "forecast": 201.2, "low": 180.0, "high": 223.0, "actual": 205.0},
        ],
    },
}


def test_the_owner_sees_forecast_against_what_happened_and_the_plain_rule_beside(olive):
    Appraisal.objects.create(
        made_at=now(),
        as_of=date(2026, 5, 30),
        customers=900,
        rung="compared",
        model="pareto",
        figures={"looked_back": LOOKED},
    )
    said = words(olive)
    assert "As if it were 1 January 2026" in said
    assert "Pareto/NBD, 1 Jan 2026 <span" in said
    assert "81 %" in said
    assert "79 %" in said
    assert "<drawn-table>" in said


def test_what_has_to_be_said_beside_sums_stands_beside_them(olive):
    newcomer = {"GBP": {"amount": 210.0, "low": 80.0, "high": 900.0}}
    figures = {"remarks": {"GBP": ["extrapolated"]}, "newcomer": newcomer, "again": [0.42, 0.61]}
    Appraisal.objects.create(
        made_at=now(), as_of=date(2026, 5, 30), customers=90, rung="learnt", figures=figures
    )
    said = words(olive)
    assert "A typical new customer brings about £80 to £900 over 10 years" in said
    assert "These years reach more than three times as far as we have seen." in said
    assert "Of those who bought once, about 4 in 10 bought again" in said
