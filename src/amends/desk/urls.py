"""Every page of the desk, in one flat list; who may come in is in `door.py`."""

from amends.desk import settings_people, settings_places
from amends.desk.door import page

app_name = "desk"
urlpatterns = [
    page("settings/", settings_places.settings, name="settings"),
    page("settings/businesses/new/", settings_places.found_business, name="found_business"),
    page("settings/businesses/<str:ref>/", settings_places.business, name="business"),
    page("settings/businesses/<str:ref>/places/", settings_places.open_place, name="open_place"),
    page("settings/places/", settings_places.places, name="places"),
    page("settings/places/<str:ref>/", settings_places.place, name="place"),
    page("settings/places/<str:ref>/hours/", settings_places.hours, name="hours"),
    page("settings/places/<str:ref>/days/", settings_places.special_day, name="special_day"),
    page(
        "settings/places/<str:ref>/days/<str:on>/forget/",
        settings_places.forget_special_day,
        name="forget_special_day",
    ),
    page("settings/places/<str:ref>/people/", settings_places.put_to_work, name="put_to_work"),
    page("settings/places/<str:ref>/people/<str:person>/", settings_places.shifts, name="shifts"),
    page(
        "settings/places/<str:ref>/people/<str:person>/off/",
        settings_places.take_off,
        name="take_off",
    ),
    page("settings/people/", settings_people.people, name="people"),
    page("settings/people/invite/", settings_people.invite, name="invite"),
    page(
        "settings/people/invitations/<int:pk>/revoke/",
        settings_people.revoke_invitation,
        name="revoke_invitation",
    ),
    page("settings/people/<str:ref>/", settings_people.person, name="person"),
    page("settings/people/<str:ref>/role/", settings_people.change_role, name="change_role"),
    page("settings/people/<str:ref>/email/", settings_people.change_email, name="change_email"),
    page("settings/people/<str:ref>/away/", settings_people.mark_away, name="mark_away"),
    page("settings/people/<str:ref>/away/<int:pk>/", settings_people.end_away, name="end_away"),
    page("settings/people/<str:ref>/let-go/", settings_people.let_go, name="let_go"),
    page("settings/people/<str:ref>/back/", settings_people.welcome_back, name="welcome_back"),
    page("settings/people/<str:ref>/tokens/", settings_people.make_token, name="make_token"),
    page(
        "settings/people/<str:ref>/tokens/<int:pk>/",
        settings_people.revoke_token,
        name="revoke_token",
    ),
]
