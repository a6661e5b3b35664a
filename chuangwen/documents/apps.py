from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "chuangwen.documents"
    label = "documents"
    verbose_name = "公文"

    def ready(self) -> None:
        from chuangwen.documents.receivers import move_to_merged_unit  # noqa: PLC0415 - after models
        from chuangwen.people.signals import units_merged  # noqa: PLC0415

        units_merged.connect(move_to_merged_unit)
