"""Requests with a wrong key, a late clock, or a change after they were signed."""

import datetime
import importlib

import boto3
import botocore.auth
import botocore.compat

from checks import expect, part_of

PARTS = {}
part = part_of(PARTS)

MISMATCH = "The request signature we calculated does not match the signature you provided."


@part
def signatures(client, resource):
    connected(client).list_tables()
    refused("InvalidSignatureException", MISMATCH, connected(client, aws_secret_access_key="no"))
    refused(
        "UnrecognizedClientException",
        "The security token included in the request is invalid.",
        connected(client, aws_access_key_id="AKIDOTHER"),
    )
    for change in (change_body, change_header, change_query):
        changed = connected(client)
        changed.meta.events.register("before-send.dynamodb.*", change)
        refused("InvalidSignatureException", MISMATCH, changed)


@part
def late_clock(client, resource):
    originals = [(module, name, getattr(module, name)) for module, name in clocks()]
    for module, name, _ in originals:
        late = LateModule if name == "datetime" else lambda **_: Clock.now()
        setattr(module, name, late)
    try:
        refused("InvalidSignatureException", "Signature expired: ", connected(client))
    finally:
        for module, name, original in originals:
            setattr(module, name, original)
    connected(client).list_tables()


def clocks():
    """Returns where botocore reads the clock to sign: it depends on its release, and on awscrt."""
    modules = [botocore.auth]
    if botocore.compat.HAS_CRT:
        modules.append(importlib.import_module("botocore.crt.auth"))
    for module in modules:
        own = hasattr(module, "get_current_datetime")
        yield module, "get_current_datetime" if own else "datetime"


class Clock(datetime.datetime):
    """A clock that is ten minutes late."""

    @classmethod
    def now(cls, tz=None):
        utc = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
        return utc - datetime.timedelta(minutes=10)

    @classmethod
    def utcnow(cls):
        return cls.now()


class LateModule:
    """Takes the place of the module datetime."""

    timezone = datetime.timezone
    datetime = Clock


def connected(client, **credentials):
    """Returns a client of its own, since handlers of events stay."""
    return boto3.client(
        "dynamodb",
        endpoint_url=client.meta.endpoint_url,
        config=client.meta.config,
        **with_both(credentials),
    )


def with_both(credentials):
    """boto3 takes a key's id and its secret together."""
    if not credentials:
        return {}
    own = boto3.session.Session().get_credentials()
    return {
        "aws_access_key_id": own.access_key,
        "aws_secret_access_key": own.secret_key,
        **credentials,
    }


def change_body(request, **_):
    request.body = request.body.replace(b"{}", b'{"Limit": 1}')
    request.headers["Content-Length"] = str(len(request.body))


def change_header(request, **_):
    request.headers["X-Amz-Target"] = "DynamoDB_20120810.DescribeLimits"


def change_query(request, **_):
    request.url = request.url.rstrip("/") + "/?a=1"


def refused(code, text, client):
    try:
        answer = client.list_tables()
    except client.exceptions.ClientError as refusal:
        expect(refusal.response["Error"]["Code"], code)
        expect(refusal.response["Error"]["Message"][: len(text)], text)
        expect(refusal.response["ResponseMetadata"]["HTTPStatusCode"], 400)
        return
    raise AssertionError(f"expected {code}, but was {answer}")
