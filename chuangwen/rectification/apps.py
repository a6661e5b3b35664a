from django.apps import AppConfig


class RectificationConfig(AppConfig):
    name = "chuangwen.rectification"
    label = "rectification"
    verbose_name = "整改"

    def ready(self) -> None:
        from chuangwen.files.owners import register_owner  # noqa: PLC0415 - after the models
        from chuangwen.people.signals import units_merged  # noqa: PLC0415
        from chuangwen.rectification.attachments import CASE, EVENT  # noqa: PLC0415
        from chuangwen.rectification.receivers import move_to_merged_unit  # noqa: PLC0415
        from chuangwen.rectification.searching import register_sources  # noqa: PLC0415

        units_merged.connect(move_to_merged_unit)
        register_owner(CASE)
        register_owner(EVENT)
        register_sources()
