"""Every record of a recovery, in the order of the journey."""

from amends.recovery.apology import Apology
from amends.recovery.authority import Approval, Authority
from amends.recovery.complaint import Complaint
from amends.recovery.failure import Failure
from amends.recovery.followup import FollowUp, Return
from amends.recovery.heeding import Heeded, Sharing
from amends.recovery.huddle import Huddle
from amends.recovery.learning import Cause, Finding, Idea, Improvement
from amends.recovery.letters import Wording
from amends.recovery.link import Link
from amends.recovery.notice import Notice
from amends.recovery.offer import Bend, Offer, OfferLine
from amends.recovery.promise import Promise
from amends.recovery.recovery import Companion, Recovery
from amends.recovery.standards import Clock, Standard
from amends.recovery.timeline import Entry
from amends.recovery.understanding import Restatement
from amends.recovery.wish import Wish

__all__ = [
    "Apology",
    "Approval",
    "Authority",
    "Bend",
    "Cause",
    "Clock",
    "Companion",
    "Complaint",
    "Entry",
    "Failure",
    "Finding",
    "FollowUp",
    "Heeded",
    "Huddle",
    "Idea",
    "Improvement",
    "Link",
    "Notice",
    "Offer",
    "OfferLine",
    "Promise",
    "Recovery",
    "Restatement",
    "Return",
    "Sharing",
    "Standard",
    "Wish",
    "Wording",
]
