from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "amends.kit"
    label = "kit"
