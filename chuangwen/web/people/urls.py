"""Addresses of signing in, units, accounts and the log."""

from django.urls import path

from chuangwen.web.people import own_account, signing_in

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
]
