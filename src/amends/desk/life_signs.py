"""How a mailbox goes, in plain words: read or not, since when, what is stuck, how its test went."""

from datetime import timedelta
from functools import cached_property

from django.conf import settings

from amends.mailroom import oauth
from amends.mailroom.letter import Letter, State
from amends.mailroom.mailbox import QUIET
from amends.recovery.self_test import thread_of

PATIENCE = timedelta(minutes=5)
AT_FIRST = timedelta(seconds=30)
NOBODY = "Nobody reads it. Is Amends running with its mail part (amends serve, or amends mail)?"


class LifeSigns:
    def __init__(self, mailbox, *, at):
        self.mailbox, self.at = mailbox, at

    @property
    def state(self):
        """stopped, waiting (for a sign-in or a first look), failing or good."""
        mailbox = self.mailbox
        if mailbox.stopped_at:
            return "stopped"
        if mailbox.failing_since:
            return "failing"
        if not mailbox.is_signed_in or mailbox.fetched_at is None:
            return "waiting"
        return "silent" if self.is_silent else "good"

    @property
    def words(self):
        mailbox = self.mailbox
        if not mailbox.is_signed_in and not mailbox.stopped_at:
            return f"Somebody must sign in to {oauth.TITLES[mailbox.auth]} first."
        return {
            "stopped": "It is not read.",
            "failing": mailbox.trouble,
            "silent": NOBODY,
            "waiting": NOBODY if self.is_silent else "The first look is being taken.",
            "good": "It is read.",
        }[self.state]

    @property
    def is_silent(self):
        """No sign of life of its reader, and time enough for one."""
        seen, changed = self.mailbox.seen_at, self.mailbox.changed_at
        if seen is None:
            return self.at - changed > AT_FIRST
        return self.at - seen > QUIET and self.at - changed > AT_FIRST

    @property
    def warning(self):
        mailbox = self.mailbox
        if mailbox.warning:
            return mailbox.warning
        if oauth.runs_out(mailbox):
            return f"The sign-in ends on {mailbox.refresh_until:%-d %B}. Please sign in again."
        return ""

    @property
    def stuck(self):
        return self.mailbox.stuck.all()

    # The test -------------------------------------------------------------------------------------

    @property
    def is_being_tested(self):
        """While something may still change by itself."""
        tested = self.mailbox.tested_at
        lately = tested is not None and self.at - tested < PATIENCE
        return lately and any(step["state"] == "waiting" for step in self.test)

    @property
    def test(self):
        """Step by step, what worked and what did not."""
        mailbox = self.mailbox
        if mailbox.tested_at is None:
            return []
        steps = [self._reading(), *(self._leaving(letter) for letter in self._letters)]
        home = f"The first letter came back by way of {mailbox}."
        wait = f"The first letter has not come back to {mailbox}."
        steps.append(self._coming(mailbox.test_home_at, home, wait, self._not_home()))
        found = "The second came in, as an answer of a customer would."
        wait = "The second has not come in."
        steps.append(self._coming(mailbox.test_answer_at, found, wait, self._no_answer()))
        return steps

    @cached_property
    def _letters(self):
        ours = Letter.objects.filter(thread=thread_of(self.mailbox.test), direction="out")
        return list(ours.order_by("pk"))

    def _reading(self):
        state = self.state
        if state == "good":
            return _step("good", f"We get in to {self.mailbox.host} and read the mailbox.")
        return _step("waiting" if state == "waiting" and not self.is_silent else "bad", self.words)

    def _leaving(self, letter):
        to = (
            f"to {letter.recipient}" if letter.recipient == self.mailbox.address else "to ourselves"
        )
        if letter.state == State.HANDED_OVER:
            return _step("good", f"The letter {to} was taken by the mail server.")
        if letter.state in (State.FAILED, State.UNCERTAIN):
            return _step("bad", f"The letter {to} did not leave: {letter.trouble}")
        if settings.AMENDS_MAIL_URL is None:
            return _step("bad", f"The letter {to} cannot leave: AMENDS_MAIL_URL is not set.")
        return _step("waiting", f"The letter {to} is on its way out. {letter.trouble}".strip())

    def _coming(self, came_at, good, waited, bad):
        if came_at:
            took = max(0, round((came_at - self.mailbox.tested_at).total_seconds()))
            return _step("good", f"{good} It took {took} seconds.")
        if self.at - self.mailbox.tested_at < PATIENCE:
            return _step("waiting", waited)
        return _step("bad", bad)

    def _not_home(self):
        return (
            f"Nothing came back to {self.mailbox} in five minutes. Is the address right, is it "
            f"the folder {self.mailbox.folder} of this mailbox, and is nothing in the junk folder?"
        )

    def _no_answer(self):
        desk = f"desk+…@{settings.AMENDS_MAIL_DOMAIN}"
        return (
            f"Answers of customers go to {desk}, and a letter sent there did not reach Amends. "
            "That address must lead to this mailbox or to Amends itself."
        )


def _step(state, words):
    return {"state": state, "words": words}
