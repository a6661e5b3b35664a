from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "chuangwen.plan"
    label = "plan"
    verbose_name = "计划与责任"

    def ready(self) -> None:
        from chuangwen.people.signals import units_merged  # noqa: PLC0415 - after the models
        from chuangwen.plan.receivers import move_to_merged_unit  # noqa: PLC0415

        units_merged.connect(move_to_merged_unit)
