from amends.kit.door import page


def test_a_page_keeps_its_route_and_its_name():
    def view(request):
        raise AssertionError("nobody came")

    made = page("today/", view, name="today")
    assert (made.name, str(made.pattern)) == ("today", "today/")
