"""What we watch for, who was found by it, and incidents with everybody they touched."""

from amends.signals.incident import Incident, Touched, Unknown
from amends.signals.pace import Pace
from amends.signals.signal import Look, Signal
from amends.signals.watch import Watch

__all__ = ["Incident", "Look", "Pace", "Signal", "Touched", "Unknown", "Watch"]
