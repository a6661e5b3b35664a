from django.apps import AppConfig


class InspectionConfig(AppConfig):
    name = "chuangwen.inspection"
    label = "inspection"
    verbose_name = "实地测评"

    def ready(self) -> None:
        from chuangwen.inspection.receivers import move_to_merged_unit  # noqa: PLC0415 - models
        from chuangwen.people.signals import units_merged  # noqa: PLC0415

        units_merged.connect(move_to_merged_unit)
