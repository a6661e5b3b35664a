from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "chuangwen.documents"
    label = "documents"
    verbose_name = "公文"
