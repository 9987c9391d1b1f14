from tests.people.conftest import harbour

__all__ = ["harbour"]
