from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "chuangwen.web"
    label = "web"
    verbose_name = "页面"

    def ready(self) -> None:
        from chuangwen.web.notices.links import register_paths  # noqa: PLC0415 - after the rooms

        register_paths()
