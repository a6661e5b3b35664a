"""Categories of problems: the list, one by one, and the file with all of them."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from chuangwen.kit import clock
from chuangwen.kit.errors import ImportRefused, Invalid, StaleEdit
from chuangwen.people.permissions import Permission
from chuangwen.rectification.actions.categories import (
    CategoryChanges,
    CategoryFacts,
    create_category,
    edit_category,
    import_categories,
)
from chuangwen.rectification.category_sheet import CLOSING, LONGEST, MOST_DAYS
from chuangwen.rectification.enums import CategoryKind
from chuangwen.rectification.models import Category
from chuangwen.reports.sheets.categories import categories_book
from chuangwen.web.carrying import carried, sent_or_carried
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load, posted_version
from chuangwen.web.paging import page_of
from chuangwen.web.people.downloads import as_download
from chuangwen.web.people.unit_forms import show_refusal
from chuangwen.web.people.verbs import change_text

MAY = Permission.MANAGE_CASES
SHOWN = 200
KINDS = dict(CategoryKind.choices)


class CategoryForm(forms.Form):
    """What a category says."""

    code = forms.CharField(label="类别编号", max_length=20)
    name = forms.CharField(label="类别", max_length=60)
    kind = forms.ChoiceField(label="大类", choices=CategoryKind.choices)
    group = forms.CharField(label="小类归属", max_length=60, required=False)
    working_days = forms.IntegerField(
        label="整改时限（工作日）", required=False, min_value=1, max_value=MOST_DAYS,
        help_text="按本市的规定填写；没有规定的留空，派遣时逐个定。",
    )  # fmt: skip
    filing_condition = forms.CharField(
        label="立案条件", required=False, max_length=LONGEST[CLOSING], widget=forms.Textarea
    )
    closing_condition = forms.CharField(
        label="结案条件", required=False, max_length=LONGEST[CLOSING], widget=forms.Textarea
    )
    is_active = forms.BooleanField(label="在用", required=False, initial=True)

    def facts(self) -> CategoryFacts:
        """Return what the action takes."""
        given = self.cleaned_data
        return CategoryFacts(**{**given, "kind": CategoryKind(given["kind"])})


@page(may=MAY)
def list_categories(request: ActorRequest) -> HttpResponse:
    """List the categories by code."""
    found = page_of(request, Category.objects.order_by("code", "pk"))
    return render(request, "rectification/categories.html", {"page": found})


@page("GET", "POST", may=MAY)
def make(request: ActorRequest) -> HttpResponse:
    """Enter a category."""
    form = CategoryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            category = create_category(facts=form.facts(), by=request.actor)
        except Invalid as error:
            show_refusal(form, error)
        else:
            messages.success(request, f"已新增类别“{category.name}”。")
            return redirect("case-categories")
    return _form(request, form, {"title": "新增类别"})


@page("GET", "POST", may=MAY)
def change(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Change a category; a form that somebody overtook comes back as typed."""
    category = load(Category.objects.all(), pk)
    initial = {name: getattr(category, name) for name in CategoryForm.base_fields}
    form = CategoryForm(request.POST or None, initial=initial)
    context: dict[str, Any] = {"title": category.name, "version": category.version}
    if request.method == "POST" and form.is_valid():
        version = posted_version(request)
        try:
            edit_category(
                category=category, base_version=version, facts=form.facts(), by=request.actor
            )
        except Invalid as error:
            show_refusal(form, error)
        except StaleEdit as error:
            return _form(request, form, context | {"problem": error.message}, error.status)
        else:
            messages.success(request, "已保存。")
            return redirect("case-categories")
    return _form(request, form, context)


@page("GET", "POST", may=MAY)
def take_in(request: ActorRequest) -> HttpResponse:
    """Show what a file would change, or all that is wrong with it; write once confirmed."""
    if request.method != "POST":
        return render(request, "rectification/category_import.html")
    try:
        data = sent_or_carried(request, "类别")
        confirmed = "confirmed" in request.POST
        changes = import_categories(data=data, dry_run=not confirmed, by=request.actor)
    except ImportRefused as error:
        context = {"problem": error.message, "problems": error.problems}
        return render(request, "rectification/category_import.html", context, status=422)
    except Invalid as error:
        context = {"problem": error.message}
        return render(request, "rectification/category_import.html", context, status=422)
    if confirmed:
        made, edited = len(changes.made), len(changes.edited)
        messages.success(request, f"已导入：新增 {made} 个类别，更新 {edited} 个。")
        return redirect("case-categories")
    return render(request, "rectification/category_import.html", _preview(changes, data))


@page(may=MAY)
def download(request: ActorRequest) -> HttpResponseBase:
    """Send the categories as the import reads them; without any, the empty template."""
    day = clock.today()
    rows = Category.objects.order_by("code").iterator(2000)
    return as_download(categories_book(rows, day), f"问题类别{day:%Y%m%d}.xlsx")


def _form(
    request: ActorRequest, form: CategoryForm, context: dict[str, Any], status: int = 0
) -> HttpResponse:
    code = status or (422 if form.errors else 200)
    context = {"form": form, **context}
    return render(request, "rectification/category_form.html", context, status=code)


def _preview(changes: CategoryChanges, data: bytes) -> dict[str, Any]:
    edited = [
        (str(category), [change_text(name, values, KINDS) for name, values in facts.items()])
        for category, facts in changes.edited[:SHOWN]
    ]
    return {"changes": changes, "edited": edited, "shown": SHOWN, "carried": carried(data)}
