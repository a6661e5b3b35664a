from django.apps import AppConfig


class FrameworkConfig(AppConfig):
    name = "chuangwen.framework"
    label = "framework"
    verbose_name = "测评体系与指标"

    def ready(self) -> None:
        from chuangwen.files.owners import register_owner  # noqa: PLC0415 - after the models
        from chuangwen.framework.attachments import EXAMPLES, VALUE  # noqa: PLC0415
        from chuangwen.framework.receivers import move_to_merged_unit  # noqa: PLC0415
        from chuangwen.people.signals import units_merged  # noqa: PLC0415

        units_merged.connect(move_to_merged_unit)
        for kind in (VALUE, *EXAMPLES):
            register_owner(kind)
