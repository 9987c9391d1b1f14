"""Where each page lives."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from amends.api.handed_over import handed_over
from amends.config import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(url="/desk/today/")),
    path("desk/", RedirectView.as_view(url="/desk/today/")),
    path("accounts/", include("amends.desk.signing_in")),
    path("join/", include("amends.desk.joining")),
    path("", include("amends.portal.urls")),
    path("desk/", include("amends.desk.urls")),
    path("desk/", include("amends.connections.urls")),
    path("api/v1/", include("amends.api.urls")),
    path("hooks/mail/<slug:provider>/", handed_over, name="handed-over"),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
]
