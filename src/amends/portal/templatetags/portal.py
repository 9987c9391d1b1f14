"""Words in the portal's templates: what kind of value a record holds."""

from datetime import datetime

from django import template

register = template.Library()


@register.filter
def is_moment(value: object) -> bool:
    return isinstance(value, datetime)


@register.filter
def is_list(value: object) -> bool:
    return isinstance(value, list)
