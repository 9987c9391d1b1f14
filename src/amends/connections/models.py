"""What the connections to other systems keep."""

from amends.connections.phones.messenger import Messenger
from amends.connections.phones.phone import Phone
from amends.connections.phones.telling import Telling

__all__ = ["Messenger", "Phone", "Telling"]
