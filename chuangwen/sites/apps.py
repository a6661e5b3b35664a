from django.apps import AppConfig


class SitesConfig(AppConfig):
    name = "chuangwen.sites"
    label = "sites"
    verbose_name = "测评点位"

    def ready(self) -> None:
        from chuangwen.files.owners import register_owner  # noqa: PLC0415 - after the models
        from chuangwen.people.signals import units_merged  # noqa: PLC0415
        from chuangwen.sites.attachments import SITE  # noqa: PLC0415
        from chuangwen.sites.receivers import move_to_merged_unit  # noqa: PLC0415
        from chuangwen.sites.searching import register_sources  # noqa: PLC0415

        units_merged.connect(move_to_merged_unit)
        register_owner(SITE)
        register_sources()
