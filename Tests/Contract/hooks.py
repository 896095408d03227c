"""What Schemathesis cannot know from the document: how to log in, and which values the server alone can judge.

A rule here changes a request only where it keeps the schema; requests that break it go out as they are.
"""

import datetime
import os
import re
import uuid

import requests
import schemathesis

BASE = os.environ["PARLEY_URL"]
PASSWORD = "correct horse battery staple"


def sign_up():
    account = {"username": f"contract-{uuid.uuid4().hex[:12]}", "password": PASSWORD}
    requests.post(f"{BASE}/auth/signup", json=account, timeout=30).raise_for_status()
    return account


ACCOUNT = sign_up()


def log_in(account=ACCOUNT):
    response = requests.post(f"{BASE}/auth/login", json=account, timeout=30)
    response.raise_for_status()
    return response.json()["access_token"]


def models():
    response = requests.get(
        f"{BASE}/chat/models", headers={"Authorization": f"Bearer {log_in()}"}, timeout=30
    )
    response.raise_for_status()
    return [model["id"] for model in response.json()["items"]]


MODELS = models()


def is_date(text):
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_uuid(text):
    return re.fullmatch(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", text) is not None


@schemathesis.auth()
class Session:
    """One session for all calls, and one of its own for each that ends it, or its account."""

    def get(self, case, context):
        return log_in()

    def set(self, case, data, context):
        match case.operation.path:
            case "/auth/logout":
                token = log_in()
            case "/users/me/password" | "/users/me/delete":
                token = log_in(sign_up())
            case _:
                token = data
        case.headers["Authorization"] = f"Bearer {token}"


@schemathesis.hook
def before_call(context, case, kwargs):
    query = case.query or {}
    # A cursor is opaque: the only good ones are those that the server gave.
    cursor = query.get("cursor")
    if isinstance(cursor, str) and re.fullmatch(r"[A-Za-z0-9_-]{1,256}", cursor):
        del query["cursor"]

    # So are the ids of events: the only good ones are those that a turn's stream had.
    last = case.headers.get("Last-Event-ID")
    if isinstance(last, str) and len(last) <= 64:
        del case.headers["Last-Event-ID"]

    # One date against another: JSON Schema compares none.
    days = [query.get("from"), query.get("to")]
    if all(isinstance(day, str) and is_date(day) for day in days) and days[1] < days[0]:
        query["from"], query["to"] = days[1], days[0]

    body = case.body
    if not isinstance(body, dict):
        return
    # The models that can be chosen are the operator's, not the document's.
    model = body.get("model")
    if isinstance(model, str) and 1 <= len(model) <= 128 and model not in MODELS:
        body["model"] = MODELS[0]
    # Which messages a conversation has, the server alone knows.
    message = body.get("current_message_id")
    if case.operation.method.upper() == "PATCH" and isinstance(message, str) and is_uuid(message):
        del body["current_message_id"]
    # x-max-bytes: JSON Schema counts characters, bcrypt bytes.
    for member in ("password", "current_password", "new_password"):
        password = body.get(member)
        if isinstance(password, str) and 18 < len(password) <= 72:
            if len(password.encode("utf-8", "surrogatepass")) > 72:
                body[member] = password[:18]
