"""Addresses of signing in, units, accounts and the log."""

from django.urls import path

from chuangwen.web.people import groups, own_account, signing_in, unit_files, unit_placing, units

urlpatterns = [
    path("login/", signing_in.sign_in, name="login"),
    path("login/code/", signing_in.enter_code, name="login-code"),
    path("logout/", signing_in.sign_out, name="logout"),
    path("password/", own_account.change_own_password, name="password"),
    path("me/", own_account.show_own_account, name="own-account"),
    path("me/totp/", own_account.bind_totp, name="own-totp"),
    path("me/totp/remove/", own_account.remove_own_totp, name="own-totp-remove"),
    path("me/recovery-codes/", own_account.renew_own_codes, name="own-recovery-codes"),
    path("me/sessions/end/", own_account.end_own_session, name="own-session-end"),
    path("me/sessions/end-others/", own_account.end_other_sessions, name="own-sessions-end"),
    path("units/", units.list_units, name="units"),
    path("units/new/", units.make_unit, name="unit-new"),
    path("units/import/", unit_files.take_in, name="units-import"),
    path("units/template.xlsx", unit_files.download_template, name="units-template"),
    path("units/export.xlsx", unit_files.download_register, name="units-export"),
    path("units/<uuid:pk>/", units.show_unit, name="unit"),
    path("units/<uuid:pk>/edit/", units.change_unit, name="unit-edit"),
    path("units/<uuid:pk>/move/", unit_placing.move, name="unit-move"),
    path("units/<uuid:pk>/close/", unit_placing.close, name="unit-close"),
    path("units/<uuid:pk>/reopen/", unit_placing.reopen, name="unit-reopen"),
    path("units/<uuid:pk>/merge/", unit_placing.merge, name="unit-merge"),
    path("units/<uuid:pk>/aliases/", unit_placing.add_name, name="unit-alias-new"),
    path(
        "units/<uuid:pk>/aliases/<uuid:alias>/remove/",
        unit_placing.remove_name,
        name="unit-alias-remove",
    ),
    path("unit-groups/", groups.list_groups, name="unit-groups"),
    path("unit-groups/new/", groups.make_group, name="unit-group-new"),
    path("unit-groups/<uuid:pk>/", groups.change_group, name="unit-group"),
    path("unit-groups/<uuid:pk>/remove/", groups.drop_group, name="unit-group-remove"),
]
