"""The stream of a table: its changes, in order, and who deleted what."""

import time

import boto3
from botocore.config import Config

from checks import create_ballots, expect, key, part_of, refused

PARTS = {}
part = part_of(PARTS)


def streams_of(client):
    """A client of streams for the same server, with one attempt for each request."""
    config = Config(retries={"total_max_attempts": 1}, connect_timeout=10, read_timeout=30)
    return boto3.client("dynamodbstreams", endpoint_url=client.meta.endpoint_url, config=config)


def enable(client, name, view):
    """Gives a table a stream and returns its ARN."""
    updated = client.update_table(
        TableName=name, StreamSpecification={"StreamEnabled": True, "StreamViewType": view}
    )
    client.get_waiter("table_exists").wait(TableName=name, WaiterConfig={"Delay": 1})
    return updated["TableDescription"]["LatestStreamArn"]


def oldest(streams, arn):
    """The iterator at the oldest record of the stream's only shard."""
    description = streams.describe_stream(StreamArn=arn)["StreamDescription"]
    expect(len(description["Shards"]), 1)
    shard = description["Shards"][0]["ShardId"]
    return streams.get_shard_iterator(
        StreamArn=arn, ShardId=shard, ShardIteratorType="TRIM_HORIZON"
    )["ShardIterator"]


@part
def stream(client, resource):
    create_ballots(client, "stream")
    arn = enable(client, "stream", "NEW_AND_OLD_IMAGES")
    client.put_item(TableName="stream", Item={**key(1), "candidate": {"S": "Solon"}})
    client.update_item(
        TableName="stream",
        Key=key(1),
        UpdateExpression="SET candidate = :c",
        ExpressionAttributeValues={":c": {"S": "Drakon"}},
    )
    client.delete_item(TableName="stream", Key=key(1))
    client.delete_item(TableName="stream", Key=key(1))

    streams = streams_of(client)
    listed = streams.list_streams(TableName="stream")["Streams"]
    expect([(each["StreamArn"], each["TableName"]) for each in listed], [(arn, "stream")])
    description = streams.describe_stream(StreamArn=arn)["StreamDescription"]
    expect(description["StreamStatus"], "ENABLED")
    expect(description["StreamViewType"], "NEW_AND_OLD_IMAGES")
    expect(description["StreamLabel"], listed[0]["StreamLabel"])
    page = streams.get_records(ShardIterator=oldest(streams, arn), Limit=2)
    records = page["Records"]
    expect(len(records), 2)
    records += streams.get_records(ShardIterator=page["NextShardIterator"])["Records"]
    expect([each["eventName"] for each in records], ["INSERT", "MODIFY", "REMOVE"])
    solon = {**key(1), "candidate": {"S": "Solon"}}
    drakon = {**key(1), "candidate": {"S": "Drakon"}}
    images = [
        (each["dynamodb"].get("OldImage"), each["dynamodb"].get("NewImage")) for each in records
    ]
    expect(images, [(None, solon), (solon, drakon), (drakon, None)])
    expect([each["dynamodb"]["Keys"] for each in records], [key(1)] * 3)
    expect([each for each in records if "userIdentity" in each], [])
    numbers = [int(each["dynamodb"]["SequenceNumber"]) for each in records]
    expect(numbers, sorted(set(numbers)))
    refused(
        streams.exceptions.ResourceNotFoundException,
        streams.describe_stream,
        f"Requested resource not found: Stream: {arn[:-3]}000 not found",
        StreamArn=arn[:-3] + "000",
    )


@part
def stream_of_expired_items(client, resource):
    create_ballots(client, "stream-expiring")
    arn = enable(client, "stream-expiring", "KEYS_ONLY")
    client.update_time_to_live(
        TableName="stream-expiring",
        TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires"},
    )
    expired = {"N": str(int(time.time()) - 60)}
    client.put_item(TableName="stream-expiring", Item={**key(1), "expires": expired})
    streams = streams_of(client)
    iterator = oldest(streams, arn)
    records = []
    deadline = time.monotonic() + 60
    while len(records) < 2:
        expect(time.monotonic() < deadline, True)
        page = streams.get_records(ShardIterator=iterator)
        records += page["Records"]
        iterator = page["NextShardIterator"]
    expect([each["eventName"] for each in records], ["INSERT", "REMOVE"])
    expect("userIdentity" in records[0], False)
    identity = {"PrincipalId": "dynamodb.amazonaws.com", "Type": "Service"}
    expect(records[1]["userIdentity"], identity)
    expect([name for name in records[1]["dynamodb"] if name.endswith("Image")], [])
