from django.apps import AppConfig


class SitesConfig(AppConfig):
    name = "chuangwen.sites"
    label = "sites"
    verbose_name = "测评点位"
