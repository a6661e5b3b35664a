"""House rules about words and writes: every value has its Chinese name, every write its author."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from types import CodeType, ModuleType

from django.apps import apps
from django.db.models import Choices

import chuangwen
from chuangwen.people.roles import Role

CHINESE = re.compile("[\u4e00-\u9fff]|^[≥≤＞＜＝><=]$")  # or a sign that everybody reads
# Public functions of `actions` that pages call or that take `by`, and why they differ.
STEP = "a step inside the transaction and the event of other actions"
HANDS_ON = "one call of an action that does all of it, after reading or parsing"
OWN_MATTER = "somebody's own reading or preference: no business record"
NOT_YET = "bytes that nothing refers to yet; attaching them is the recorded act"
STRANGER = "nobody is signed in yet: the account itself is the author"
SEVERAL = "several transactions on purpose, each complete in itself"
READS = "reads only"
EXCEPTIONS = {
    "audit.actions.record": STEP,
    "audit.actions.record_all": STEP,
    "files.actions.attaching.attach_again": STEP,
    "files.actions.attaching.attach_stored": STEP,
    "files.actions.attaching.attach_uploads": STEP,
    "files.actions.attaching.gone": READS,
    "files.actions.photos.receive_photo": NOT_YET,
    "files.actions.storing.store_file": NOT_YET,
    "framework.actions.frameworks.begin_version": STEP,
    "framework.actions.importing.load_reference_template": HANDS_ON,
    "framework.actions.examples.copy_examples": STEP,
    "framework.actions.mapping.map_by_code": HANDS_ON,
    "inspection.actions.confirming.confirm": STEP,
    "inspection.actions.confirming.write_confirmed": STEP,
    "inspection.actions.rescuing.import_rescue": SEVERAL,
    "inspection.actions.receiving.receive_blob": NOT_YET,
    "inspection.actions.receiving.receive_record": HANDS_ON,
    "notices.actions.choosing.choose_mail": OWN_MATTER,
    "notices.actions.notifying.notify": STEP,
    "notices.actions.reading.mark_all_read": OWN_MATTER,
    "notices.actions.reading.mark_read": OWN_MATTER,
    "people.actions.account_events.record_account": STEP,
    "people.actions.register_lock.change_unit": STEP,
    "people.actions.register_lock.lock_register": STEP,
    "people.actions.signing_in.check_code": STRANGER,
    "people.actions.signing_in.check_own_password": STRANGER,
    "people.actions.signing_in.check_sign_in": STRANGER,
    "people.actions.signing_in.note_sign_in": STRANGER,
    "people.actions.signing_in.note_sign_out": STRANGER,
    "plan.actions.background_reading.is_any_under_way": READS,
    "plan.actions.campaigns.campaign_for_import": STEP,
    "plan.actions.document_readings.receive_document": HANDS_ON,
    "plan.actions.imports.take_in_document": HANDS_ON,
    "plan.actions.reminding.remind_of_deadlines": SEVERAL,
    "plan.actions.reminding.send_reminders": SEVERAL,
    "sites.actions.importing.apply_import": SEVERAL,
    "sites.actions.importing.receive_register": SEVERAL,
    "supervision.actions.climbing.climb": SEVERAL,
}


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(chuangwen.__path__, "chuangwen."):
        if ".migrations" not in found.name and "__main__" not in found.name:
            yield importlib.import_module(found.name)


ALL_MODULES = list(modules())


def own(module: ModuleType, kind: type) -> Iterator[type]:
    for _, value in inspect.getmembers(module, inspect.isclass):
        if value.__module__ == module.__name__ and issubclass(value, kind):
            yield value


def functions_of_actions() -> Iterator[tuple[str, Callable[..., object]]]:
    for module in ALL_MODULES:
        if ".actions" in module.__name__:
            for name, value in inspect.getmembers(module, inspect.isfunction):
                if inspect.unwrap(value).__module__ == module.__name__ and name[0] != "_":
                    yield f"{module.__name__.removeprefix('chuangwen.')}.{name}", value


def test_every_choice_has_a_chinese_label():
    enums = [one for module in ALL_MODULES for one in own(module, Choices)]
    assert len(enums) > 20
    mute = [str(v) for one in enums for v in one if not CHINESE.search(str(v.label))]
    assert mute == []
    assert all(CHINESE.search(role.label) for role in Role)


def test_every_column_with_choices_tells_them_in_chinese():
    for model in apps.get_models():
        if model.__module__.startswith("chuangwen."):
            for field in model._meta.get_fields():
                for value, label in getattr(field, "choices", None) or ():
                    assert CHINESE.search(str(label)), f"{model.__name__}.{field.name}: {value}"


def called_by_pages() -> set[object]:
    return {
        inspect.unwrap(value)
        for module in ALL_MODULES
        if module.__name__.startswith("chuangwen.web.")
        for _, value in inspect.getmembers(module, inspect.isfunction)
    }


def writes() -> Iterator[tuple[str, Callable[..., object]]]:
    pages = called_by_pages()
    for name, function in functions_of_actions():
        if "by" in inspect.signature(function).parameters or inspect.unwrap(function) in pages:
            yield name, function


def reaches_the_log(function: Callable[..., object], seen: set[object]) -> bool:
    """Tell whether the function, or one of ours that it names, appends to the audit chain."""
    plain = inspect.unwrap(function)
    if plain in seen or not plain.__module__.startswith("chuangwen."):
        return False
    seen.add(plain)
    if plain.__module__ == "chuangwen.audit.actions":
        return True
    for name in _names_in(plain.__code__):
        value = plain.__globals__.get(name)
        if inspect.isfunction(value) and reaches_the_log(value, seen):
            return True
        for other in vars(value).values() if inspect.ismodule(value) else ():
            named = inspect.isfunction(other) and other.__name__ in _names_in(plain.__code__)
            if named and reaches_the_log(other, seen):
                return True
    return False


def _names_in(code: CodeType) -> set[str]:
    inner = [one for one in code.co_consts if isinstance(one, CodeType)]
    return set(code.co_names).union(*(_names_in(one) for one in inner))


def is_atomic(function: Callable[..., object]) -> bool:
    return hasattr(function, "__wrapped__") or "transaction.atomic" in inspect.getsource(function)


def faults_of(function: Callable[..., object]) -> list[str]:
    parameters = inspect.signature(function).parameters
    loose = [one for one in parameters.values() if one.kind is not inspect.Parameter.KEYWORD_ONLY]
    return [
        *(["takes positional arguments"] if loose else []),
        *(["does not say by whom"] if "by" not in parameters else []),
        *(["is not atomic"] if not is_atomic(function) else []),
        *(["records nothing"] if not reaches_the_log(function, set()) else []),
    ]


def test_every_write_says_by_whom_in_one_transaction_with_its_event():
    found = {name: ", ".join(faults_of(function)) for name, function in writes()}
    assert len(found) > 90
    assert {name: said for name, said in found.items() if said and name not in EXCEPTIONS} == {}


def test_no_exception_outlives_its_need():
    faulty = {name for name, function in writes() if faults_of(function)}
    assert set(EXCEPTIONS) - faulty == set()
