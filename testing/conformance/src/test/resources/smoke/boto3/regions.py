"""A global table in two regions."""

import time

import boto3

from checks import expect, part_of

PARTS = {}
part = part_of(PARTS)


def until(probe):
    """Repeats the probe until it holds, for a minute at most."""
    deadline = time.monotonic() + 60
    while not probe():
        expect(time.monotonic() < deadline, True)


def replicas(client):
    """Returns the states of the replicas in other regions; none when there is no table."""
    try:
        table = client.describe_table(TableName="music")["Table"]
    except client.exceptions.ResourceNotFoundException:
        return {}
    return {it["RegionName"]: it["ReplicaStatus"] for it in table.get("Replicas", [])}


@part
def global_tables(client, resource):
    endpoint = client.meta.endpoint_url
    here = boto3.client("dynamodb", region_name="eu-west-1", endpoint_url=endpoint)
    there = boto3.client("dynamodb", region_name="us-west-2", endpoint_url=endpoint)
    here.create_table(
        TableName="music",
        KeySchema=[{"AttributeName": "artist", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "artist", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    )
    here.get_waiter("table_exists").wait(TableName="music", WaiterConfig={"Delay": 1})
    here.update_table(
        TableName="music", ReplicaUpdates=[{"Create": {"RegionName": "us-west-2"}}]
    )
    until(lambda: replicas(here) == {"us-west-2": "ACTIVE"})
    until(lambda: replicas(there) == {"eu-west-1": "ACTIVE"})
    described = here.describe_table(TableName="music")["Table"]
    expect(described["GlobalTableVersion"], "2019.11.21")

    item = {"artist": {"S": "a"}, "title": {"S": "b"}}
    there.put_item(TableName="music", Item=item)
    key = {"artist": {"S": "a"}}
    until(lambda: here.get_item(TableName="music", Key=key).get("Item") == item)
    here.delete_item(TableName="music", Key=key)
    until(lambda: "Item" not in there.get_item(TableName="music", Key=key))

    here.update_table(
        TableName="music", ReplicaUpdates=[{"Delete": {"RegionName": "us-west-2"}}]
    )
    until(lambda: replicas(here) == {})
    there.get_waiter("table_not_exists").wait(TableName="music", WaiterConfig={"Delay": 1})
    here.delete_table(TableName="music")
