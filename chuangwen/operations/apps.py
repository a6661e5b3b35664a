from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "chuangwen.operations"
    label = "operations"
    verbose_name = "运行"
