from amends.kit.clock import now


def test_the_time_always_knows_its_zone():
    assert now().tzinfo is not None
