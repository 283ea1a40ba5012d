"""django-two-factor-auth with its own pages: sign-in and the set-up, both wizards that stay at one address.

python twofactor.py PORT
"""

from __future__ import annotations

import sys

import django
from django.conf import settings
from django.core.management import call_command

BASE = """<!doctype html><html lang=en><title>{% block title %}{% endblock %}</title>
{% block extra_media %}{% endblock %}
<body>{% block content_wrapper %}<main>{% block content %}{% endblock %}</main>{% endblock %}</body></html>"""
"""The page around theirs, which every project brings; the one they ship loads its style from content networks."""

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "two.sqlite3"}},
    DEBUG=True,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=[
        "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages",
        "django.contrib.staticfiles", "django_otp", "django_otp.plugins.otp_static", "django_otp.plugins.otp_totp",
        "two_factor", "two_factor.plugins.phonenumber", "formtools",
    ],
    LOGIN_REDIRECT_URL="two_factor:profile",
    LOGIN_URL="two_factor:login",
    LOGOUT_REDIRECT_URL="two_factor:login",
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django_otp.middleware.OTPMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    ROOT_URLCONF="two_factor_urls",
    SECRET_KEY="for tests on the loopback interface only",
    STATIC_URL="/static/",
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {
        "context_processors": ["django.template.context_processors.request",
                               "django.contrib.auth.context_processors.auth"],
        "loaders": [("django.template.loaders.locmem.Loader", {"two_factor/_base.html": BASE}),
                    "django.template.loaders.app_directories.Loader"]}}],
    TWO_FACTOR_CALL_GATEWAY="two_factor.gateways.fake.Fake",
    TWO_FACTOR_SMS_GATEWAY="two_factor.gateways.fake.Fake",
    USE_TZ=True,
)  # fmt: skip
django.setup()


def main(port: str) -> None:
    from types import ModuleType

    from django.contrib.auth.models import User
    from django.urls import include, path
    from two_factor.urls import urlpatterns  # type: ignore[import-not-found]

    urls = ModuleType("two_factor_urls")
    urls.urlpatterns = [path("", include(urlpatterns))]  # type: ignore[attr-defined]
    sys.modules["two_factor_urls"] = urls
    call_command("migrate", verbosity=0)
    for name in ("ada", "ben"):
        User.objects.create_user(name, password="long and strange 9")
    call_command("runserver", f"127.0.0.1:{port}", use_reloader=False)


if __name__ == "__main__":
    main(sys.argv[1])
