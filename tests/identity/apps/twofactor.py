"""django-two-factor-auth: a sign-in and a set-up in steps that share one address."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time

from tests.identity.packages import twofactor
from tests.identity.walk import Site, Walk


def token(secret: str) -> str:
    """The number that an authenticator shows now for this secret (RFC 6238)."""
    digest = hmac.digest(base64.b32decode(secret), int(time.time() // 30).to_bytes(8, "big"), hashlib.sha1)
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at : at + 4], 'big') & 0x7FFFFFFF) % 10**6:06}"


def sign_in(w: Walk, user: str, password: str = "long and strange 9") -> None:
    w.open("/account/login/")
    w.fill("Username:", user)
    w.fill("Password:", password)
    w.click("Next", "button")


def set_up(w: Walk, user: str) -> None:
    note = f"by {user}"
    sign_in(w, user)
    w.see("profile, without", note, shows="Enable Two-Factor Authentication")
    w.open("/account/two_factor/setup/")
    w.see("set-up: welcome", note, shows="~You are about to take your account security")
    w.click("Next", "button")
    w.see("set-up: method", note, shows="~Please select which authentication method")
    w.click("Next", "button")
    w.see("set-up: scan the code", note, shows="~scan the QR code")
    w.fill("Token:", "123456")
    w.click("Next", "button")
    w.see("set-up: scan the code, refused", note, shows="~Entered token is not valid")
    w.fill("Token:", "77")
    w.tab.evaluate("document.querySelectorAll('form').forEach(f => f.noValidate = true)")
    w.click("Next", "button")
    w.see("set-up: scan the code, refused", f"{note}, again", shows="~Entered token is not valid|Ensure this value")
    shown = str(w.tab.evaluate("document.body.innerText")).split()
    w.fill("Token:", token(next(word for word in shown if len(word) >= 32 and word.isalnum())))
    w.click("Next", "button")
    w.see("set-up: done", note, shows="~Congratulations")
    w.open("/account/two_factor/")
    w.see("profile, with", note, shows="Disable Two-Factor Authentication")
    w.open("/account/two_factor/backup/tokens/")
    w.see("backup tokens", f"{note}, none", shows="~You don't have any backup codes yet")
    w.click("Generate Tokens", "button")
    w.see("backup tokens", note, shows="~Print these tokens")
    w.open("/account/two_factor/disable/")
    w.see("disable?", note, shows="~You are about to disable")
    w.open("/account/two_factor/phone/register/")
    w.see("add a phone", note, shows="~You'll be adding a")
    w.tab.context.clear_cookies()
    sign_in(w, user)
    w.see("sign-in: token", note, shows="~Please enter the token")
    w.fill("Token:", "000000")
    w.click("Next", "button")
    w.see("sign-in: token, refused", note, shows="~Invalid token")
    w.tab.context.clear_cookies()


def walk(w: Walk) -> None:
    w.see("sign-in", shows="Username:")
    sign_in(w, "ada", "wrong")
    w.see("sign-in, refused", shows="~Please enter a correct username")
    sign_in(w, "eve", "wrong as well")
    w.see("sign-in, refused", "somebody else", shows="~Please enter a correct username")
    for user in ("ada", "ben"):
        set_up(w, user)


SITE = Site("django-two-factor-auth", twofactor, walk, "/account/login/")
