from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "chuangwen.people"
    label = "people"
    verbose_name = "组织与账号"
