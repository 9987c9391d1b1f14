"""The writing coach: points at the words that will hurt and praises the ones that heal.

Pure: no database, no network, nothing remembered from one draft to the next."""

from amends.coach.findings import Note, Praise, Review
from amends.coach.reading import review

__all__ = ["Note", "Praise", "Review", "review"]
