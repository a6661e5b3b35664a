from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "chuangwen.supervision"
    label = "supervision"
    verbose_name = "督查督办"

    def ready(self) -> None:
        from chuangwen.files.owners import register_owner  # noqa: PLC0415 - after the models
        from chuangwen.people.signals import units_merged  # noqa: PLC0415
        from chuangwen.supervision.attachments import ANSWER  # noqa: PLC0415
        from chuangwen.supervision.receivers import move_to_merged_unit  # noqa: PLC0415
        from chuangwen.supervision.searching import register_sources  # noqa: PLC0415

        units_merged.connect(move_to_merged_unit)
        register_owner(ANSWER)
        register_sources()
