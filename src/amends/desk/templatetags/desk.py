"""What every page of the desk carries on top: the notices this person has not seen yet."""

from django import template

from amends.desk.notices import banners, unseen

register = template.Library()


@register.inclusion_tag("desk/parts/banners.html", takes_context=True)
def notices(context):
    """{% notices %}: the banners, for whoever is signed in."""
    request = context["request"]
    return {
        **banners(unseen(request.user)),
        "request": request,
        "csrf_token": context["csrf_token"],
    }
