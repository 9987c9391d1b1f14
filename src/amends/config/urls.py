"""Where each page lives."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from amends.config import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(url="/desk/today/")),
    path("accounts/", include("amends.desk.signing_in")),
    path("join/", include("amends.desk.joining")),
    path("desk/", include("amends.desk.urls")),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
]
