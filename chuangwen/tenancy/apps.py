from django.apps import AppConfig


class TenancyConfig(AppConfig):
    name = "chuangwen.tenancy"
    label = "tenancy"
    verbose_name = "城市与区县"
