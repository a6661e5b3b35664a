from django.apps import AppConfig


class FrameworkConfig(AppConfig):
    name = "chuangwen.framework"
    label = "framework"
    verbose_name = "测评体系与指标"
