from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "chuangwen.plan"
    label = "plan"
    verbose_name = "计划与责任"

    def ready(self) -> None:
        from chuangwen.files.owners import register_owner  # noqa: PLC0415 - after the models
        from chuangwen.people.signals import units_merged  # noqa: PLC0415
        from chuangwen.plan.attachments import MEASURES, PROGRESS  # noqa: PLC0415
        from chuangwen.plan.receivers import move_to_merged_unit  # noqa: PLC0415
        from chuangwen.plan.searching import register_sources  # noqa: PLC0415

        units_merged.connect(move_to_merged_unit)
        register_owner(MEASURES)
        register_owner(PROGRESS)
        register_sources()
