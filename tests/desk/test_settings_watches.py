"""Settings of watches: tried before they are switched on, edited by owners, looked back on."""

from datetime import timedelta

import pytest

from amends.kit.clock import now
from amends.recovery.heeding import Heeded
from amends.signals import looking
from amends.signals.models import Pace, Signal, Watch
from tests import cast
from tests.desk.test_quiet import screen
from tests.signals import shop
from tests.signals.test_back_test import THAT_DAY, late, many, weekly

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
WATCHES = "/desk/settings/watches/"


def page_of(watch):
    return f"{WATCHES}{watch.ref}/"


def test_tried_first_then_switched_on():
    watch = shop.watch("late", on=False)
    shop.order()
    peace = shop.customer("Pea Ce")
    shop.order(of=peace)
    peace.leave_in_peace(at=now())
    page = screen(cast.olive(), page_of(watch))
    assert "Switch it on" not in page.buttons
    page.follow("Whom would it name now?")
    page.shows("It would name 1", "Judith has not said a word.", "1 asked to be left in peace")
    assert not Signal.objects.exists()
    page.press("Switch it on").shows("is switched on")
    assert Watch.objects.get(pk=watch.pk).is_on
    looking.look_around()
    page.open(WATCHES).shows("1 named")
    page.open(page_of(watch)).press("Switch it off")
    assert not Watch.objects.get(pk=watch.pk).is_on


def test_a_dry_run_that_names_nobody_says_so():
    watch = shop.watch("late", on=False)
    screen(cast.olive(), f"{page_of(watch)}?try=1").shows("It would name nobody")


def test_an_owner_edits_it_and_only_what_means_something_is_asked():
    watch = shop.watch("late", on=False)
    page = screen(cast.olive(), page_of(watch))
    page.hides("likely still with us")
    credit = cast.remedy("Credit").ref
    page.press("Keep it", days=5, per_day=3, remedy=credit, status=422).shows("How much?")
    page.press("Keep it", days=5, per_day=3, remedy=credit, value="4", opens="on").shows("is kept")
    watch.refresh_from_db()
    assert (watch.days, watch.per_day, watch.value, watch.opens) == (5, 3, 4, True)
    assert watch.changed_by == cast.olive()


def test_shares_are_entered_in_per_cent():
    watch = shop.watch("quiet", on=False)
    page = screen(cast.olive(), page_of(watch)).hides("The apology")
    page = screen(cast.olive(), page_of(watch)).shows("So long a silence".lower())
    page.press("Keep it", mark=7, alive_below=25)
    watch.refresh_from_db()
    assert (watch.mark, watch.alive_below) == (0.07, 0.25)


@pytest.mark.parametrize("sees", ["late", "missing", "rating", "refund", "quiet", "falling"])
def test_every_sort_has_a_page_that_can_be_kept_as_it_stands(sees):
    watch = shop.watch(sees, on=False)
    before = Watch.objects.values().get(pk=watch.pk)
    screen(cast.olive(), page_of(watch)).press("Keep it")
    after = Watch.objects.values().get(pk=watch.pk)
    assert {k: v for k, v in after.items() if before[k] != v and k != "changed_at"} == {}


def test_an_owner_adds_another_one():
    shop.watch("late", on=False)
    page = screen(cast.olive(), WATCHES).follow("An order came late")
    page.press("Keep it, and try it", name="A week late", days=7)
    assert Watch.objects.get(name="A week late").days == 7
    assert page.url == page_of(Watch.objects.get(name="A week late"))


def test_how_many_a_day_in_all():
    shop.watch("late", on=False)
    screen(cast.olive(), WATCHES).press("Set it", per_day=7)
    assert Pace.set().per_day == 7


def test_looking_back_shows_rates_with_their_numbers_beside_the_plain_rule():
    for n, who in enumerate(many("Late", 32)):
        late(who, came_back=n < 4)
    watch = shop.watch("late", on=False)
    page = screen(cast.olive(), page_of(watch))
    page.press("Look back", as_of=THAT_DAY.isoformat(), window=60)
    page.shows("Named by this watch 32 88 %, 75 to 94 %", "The plain rule")
    page.shows("too few to say; 30 more are needed")


def test_looking_back_begins_with_a_day_that_a_browser_can_read():
    page = screen(cast.olive(), page_of(shop.watch("late", on=False)))
    assert f'type="date" name="as_of" value="{now().date() - timedelta(days=365)}"' in page.html
    page.press("Look back").shows("Named by this watch")


def test_who_comes_less_and_less_is_looked_back_on_and_how_is_said():
    weekly(stops=70)
    page = screen(cast.olive(), page_of(shop.watch("falling", on=False)))
    page.shows("What somebody was worth on a past day is not kept.")
    page.press("Look back", as_of=THAT_DAY.isoformat(), window=60, silence=60)
    page.shows("Named by this watch 40 100 %")


@pytest.mark.parametrize("sees", ["quiet", "falling"])
def test_where_there_is_too_little_to_learn_from_that_is_said(sees):
    page = screen(cast.olive(), page_of(shop.watch(sees, on=False)))
    page.press("Look back", as_of=THAT_DAY.isoformat()).shows("There was too little to learn from")


def test_a_day_too_near_is_refused_in_words():
    page = screen(cast.olive(), page_of(shop.watch("late", on=False)))
    near = (now() - timedelta(days=20)).date().isoformat()
    page.press("Look back", as_of=near, window=60).shows("not over yet")


def test_others_read_and_change_nothing(client):
    watch = shop.watch("late", on=False)
    for person in (cast.ana(), cast.mona(), cast.audrey()):
        page = screen(person, f"{page_of(watch)}?try=1").shows("It would name nobody")
        assert not {"Keep it", "Switch it on"} & set(page.buttons)
        client.force_login(person)
        for url in (
            page_of(watch),
            f"{page_of(watch)}on/",
            f"{WATCHES}new/late/",
            f"{WATCHES}pace/",
        ):
            assert client.post(url, {"on": "yes"}).status_code == 403
    assert not Watch.objects.get(pk=watch.pk).is_on


def test_there_is_no_sort_of_another_name(client):
    client.force_login(cast.olive())
    assert client.get(f"{WATCHES}new/nothing/").status_code == 404
    assert client.get(f"{WATCHES}nothing/").status_code == 404


def test_s3_21_how_many_say_nothing_is_counted_when_asked():
    shop.watch("late", on=False)
    for n in range(31):
        shop.order(of=shop.customer(f"Customer {n}"))
    cast.heard(customer=shop.customer("Customer 0"))
    page = screen(cast.olive(), WATCHES).follow("Count them")
    page.shows("orders of 31 customers", "30 of them have not said a word: 97 %, 87 to 99 %.")


@pytest.mark.parametrize("where", ["late", "new"])
def test_the_coach_reads_the_apology_of_a_watch_and_keeps_nothing(where):
    watch = shop.watch("late", on=False, opens=True)
    url = page_of(watch) if where == "late" else f"{WATCHES}new/late/"
    press = "Keep it" if where == "late" else "Keep it, and try it"
    page = screen(cast.olive(), url)
    written = {
        "name": "Far too late",
        "words": "I am sorry, but it was not our fault.",
        "opens": False,
    }
    page.press("See what the coach says", **written, status=200)
    page.shows("What follows takes the apology back", "Say it so")
    assert 'value="Far too late"' in page.html
    page.hides("name is not in it")
    assert Heeded.objects.filter(person=cast.olive()).exists()
    assert not Watch.objects.exclude(sorry="").exists()
    page.press(press, words="I am sorry that you waited for so long.")
    kept = Watch.objects.get(name="Far too late")
    assert (kept.sorry, kept.opens) == ("I am sorry that you waited for so long.", False)


def test_the_coach_answers_owners_who_are_sorry_for_something(client):
    late, quiet = shop.watch("late", on=False), shop.watch("quiet", on=False)
    asked = {"words": "I am sorry, but it was not our fault.", "coach": "writing"}
    client.force_login(cast.olive())
    for url in (page_of(late), f"{WATCHES}new/late/"):
        said = client.post(f"{url}coach/", asked, headers={"HX-Request": "true"})
        assert "takes the apology back" in said.content.decode()
        assert "<html" not in said.content.decode()
    for url in (page_of(quiet), f"{WATCHES}new/quiet/", f"{WATCHES}new/nothing/"):
        assert client.post(f"{url}coach/", asked).status_code == 404
    client.force_login(cast.mona())
    assert client.post(f"{page_of(late)}coach/", asked).status_code == 403
