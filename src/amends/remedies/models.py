"""The catalogue of remedies and the rules that may be bent."""

from amends.remedies.remedy import Remedy
from amends.remedies.rule import Rule

__all__ = ["Remedy", "Rule"]
