from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "chuangwen.search"
    label = "search"
    verbose_name = "查找"
