"""What the connections to other systems keep."""

from amends.connections.calendar.feed import Booking, Calendar
from amends.connections.drop_folder.dropped import Dropped
from amends.connections.phones.messenger import Messenger
from amends.connections.phones.phone import Phone
from amends.connections.phones.telling import Telling

__all__ = ["Booking", "Calendar", "Dropped", "Messenger", "Phone", "Telling"]
