from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "chuangwen.plan"
    label = "plan"
    verbose_name = "计划与责任"
