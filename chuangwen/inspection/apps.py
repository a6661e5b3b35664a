from django.apps import AppConfig


class InspectionConfig(AppConfig):
    name = "chuangwen.inspection"
    label = "inspection"
    verbose_name = "实地测评"
