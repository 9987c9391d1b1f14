"""Every page of the connections, in one flat list, behind the same door as the desk's."""

from django.urls import path

from amends.connections.calendar import views as calendar
from amends.connections.drop_folder import views as drop_folder
from amends.connections.phones import views as phones
from amends.kit.door import page

app_name = "connections"
WAY = "settings/phones/<slug:kind>/<str:ref>"
urlpatterns = [
    path("worker.js", phones.worker, name="worker"),
    path("app.webmanifest", phones.manifest, name="manifest"),
    page("settings/phones/", phones.phones, name="phones"),
    page("settings/phones/this/", phones.this_phone, name="this_phone"),
    page("settings/phones/again/", phones.again, name="again"),
    page(f"{WAY}/names/", phones.names, name="names"),
    page(f"{WAY}/forget/", phones.forget, name="forget"),
    page(f"{WAY}/test/", phones.try_out, name="try_out"),
    page("settings/files/", drop_folder.files, name="files"),
    page("settings/calendars/", calendar.calendars, name="calendars"),
    page("settings/calendars/<str:ref>/read/", calendar.read_now, name="read_calendar"),
    page("settings/calendars/<str:ref>/drop/", calendar.take_away, name="drop_calendar"),
]
