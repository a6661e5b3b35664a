from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "chuangwen.files"
    label = "files"
    verbose_name = "文件"
