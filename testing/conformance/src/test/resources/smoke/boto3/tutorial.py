"""The calls of AWS's tutorial of global tables, each region in a process of its own.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables.tutorial.html. Arguments are the regions
and their endpoints, REGION=URL.
"""

import sys
import time

import boto3

from checks import expect

OHIO = "us-east-2"
VIRGINIA = "us-east-1"
IRELAND = "eu-west-1"
TABLE = "MusicTable"
SONG = {"Artist": {"S": "item_1"}, "SongTitle": {"S": "Song Value 1"}}

CLIENTS = {
    region: boto3.client("dynamodb", region_name=region, endpoint_url=endpoint)
    for region, endpoint in (argument.split("=", 1) for argument in sys.argv[1:])
}


def until(wanted, probe):
    """Repeats the probe until it returns what is wanted, for a minute at most."""
    deadline = time.monotonic() + 60
    found = probe()
    while found != wanted:
        if time.monotonic() > deadline:
            expect(found, wanted)
        time.sleep(0.1)
        found = probe()


def replicas():
    table = CLIENTS[OHIO].describe_table(TableName=TABLE)["Table"]
    others = {it["RegionName"]: it["ReplicaStatus"] for it in table.get("Replicas", [])}
    return table["TableStatus"], others


def song(region):
    return CLIENTS[region].get_item(TableName=TABLE, Key=SONG).get("Item")


def tables(region):
    return CLIENTS[region].list_tables()["TableNames"]


CLIENTS[OHIO].create_table(
    TableName=TABLE,
    AttributeDefinitions=[
        {"AttributeName": "Artist", "AttributeType": "S"},
        {"AttributeName": "SongTitle", "AttributeType": "S"},
    ],
    KeySchema=[
        {"AttributeName": "Artist", "KeyType": "HASH"},
        {"AttributeName": "SongTitle", "KeyType": "RANGE"},
    ],
    BillingMode="PAY_PER_REQUEST",
    StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
)
CLIENTS[OHIO].get_waiter("table_exists").wait(TableName=TABLE, WaiterConfig={"Delay": 1})
CLIENTS[OHIO].update_table(TableName=TABLE, ReplicaUpdates=[{"Create": {"RegionName": VIRGINIA}}])
until(("ACTIVE", {VIRGINIA: "ACTIVE"}), replicas)
CLIENTS[OHIO].update_table(TableName=TABLE, ReplicaUpdates=[{"Create": {"RegionName": IRELAND}}])
until(("ACTIVE", {VIRGINIA: "ACTIVE", IRELAND: "ACTIVE"}), replicas)

CLIENTS[OHIO].put_item(TableName=TABLE, Item=SONG)
until(SONG, lambda: song(VIRGINIA))
until(SONG, lambda: song(IRELAND))

# The table as an object has the same call under another name.
music = boto3.resource(
    "dynamodb", region_name=OHIO, endpoint_url=CLIENTS[OHIO].meta.endpoint_url
).Table(TABLE)
music.update(ReplicaUpdates=[{"Delete": {"RegionName": IRELAND}}])
until(("ACTIVE", {VIRGINIA: "ACTIVE"}), replicas)
until([], lambda: tables(IRELAND))
CLIENTS[OHIO].update_table(TableName=TABLE, ReplicaUpdates=[{"Delete": {"RegionName": VIRGINIA}}])
until(("ACTIVE", {}), replicas)
until([], lambda: tables(VIRGINIA))
CLIENTS[OHIO].delete_table(TableName=TABLE)
CLIENTS[OHIO].get_waiter("table_not_exists").wait(TableName=TABLE, WaiterConfig={"Delay": 1})
