from django.apps import AppConfig


class MailroomConfig(AppConfig):
    name = "amends.mailroom"
    label = "mailroom"
