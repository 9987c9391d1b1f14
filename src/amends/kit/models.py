"""The list Django needs."""

from amends.kit.files import Small

__all__ = ["Small"]
