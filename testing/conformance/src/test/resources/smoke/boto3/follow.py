"""Reads a stream from its first change to its last one, while shards get successors and are split.

    follow.py [CHANGES]     makes at least so many changes

AWS_ENDPOINT_URL names the server, whose shards should live for seconds; credentials and the region
are in the environment as well. SEED repeats a run. What the stream shows of each item must be what
was written to it, in that order. The exit status is 1 if it is not.
"""

import os
import random
import sys
import threading
import time
from collections import Counter, defaultdict

import boto3
from botocore.config import Config

from checks import expect

TABLE = "followed"
ITEMS = 50
PATIENCE_SECONDS = 90
# The service keeps a table with so many units in three partitions: its one shard is split twice.
FEW_UNITS = 500
MANY_UNITS = 2500


class Writer(threading.Thread):
    """Writes to items at random until it is stopped, and notes the changes of each."""

    def __init__(self, client, seed):
        super().__init__(daemon=True)
        self.client = client
        self.random = random.Random(seed)
        self.items = {}
        self.changes = defaultdict(list)
        self.stopped = threading.Event()
        self.failure = None

    def run(self):
        try:
            version = 0
            while not self.stopped.is_set():
                version += 1
                self.write(f"item-{self.random.randrange(ITEMS)}", version)
        except Exception as failure:
            self.failure = failure

    def write(self, name, version):
        old = self.items.get(name)
        choice = self.random.randrange(6)
        if old and choice == 0:
            self.client.delete_item(TableName=TABLE, Key={"id": {"S": name}})
            self.note(name, old, None)
        elif old and choice == 1:
            # It changes nothing, so the stream does not show it.
            self.client.put_item(TableName=TABLE, Item=old)
        elif old and choice == 2:
            self.client.update_item(
                TableName=TABLE,
                Key={"id": {"S": name}},
                UpdateExpression="SET version = :v REMOVE tags",
                ExpressionAttributeValues={":v": {"N": str(version)}},
            )
            new = {**old, "version": {"N": str(version)}}
            new.pop("tags", None)
            self.note(name, old, new)
        else:
            new = {
                "id": {"S": name},
                "version": {"N": str(version)},
                "bytes": {"B": version.to_bytes(4, "big")},
                "tags": {"SS": [f"a{version}", f"b{version}"]},
                "nested": {"M": {"list": {"L": [{"BOOL": version % 2 == 0}, {"NULL": True}]}}},
            }
            self.client.put_item(TableName=TABLE, Item=new)
            self.note(name, old, new)

    def note(self, name, old, new):
        event = "INSERT" if old is None else "REMOVE" if new is None else "MODIFY"
        self.changes[name].append((event, old, new))
        self.items[name] = new

    def stop(self):
        self.stopped.set()
        self.join()
        if self.failure:
            raise self.failure


class Follower:
    """Reads all shards of a stream, each after its parent."""

    def __init__(self, streams, arn, seed):
        self.streams = streams
        self.arn = arn
        self.random = random.Random(seed)
        self.parents = {}
        self.iterators = {}
        self.ended = set()
        self.changes = defaultdict(list)
        self.count = 0

    def step(self):
        """Looks for new shards and reads one page of each; returns whether the stream has ended."""
        status = self.describe()
        for shard, parent in self.parents.items():
            is_known = shard in self.iterators or shard in self.ended
            if not is_known and (parent not in self.parents or parent in self.ended):
                self.iterators[shard] = self.iterator(shard, ShardIteratorType="TRIM_HORIZON")
        for shard in list(self.iterators):
            self.read(shard)
        return status == "DISABLED" and self.ended == set(self.parents)

    def describe(self):
        start = {}
        while True:
            page = self.streams.describe_stream(StreamArn=self.arn, Limit=2, **start)
            description = page["StreamDescription"]
            for shard in description["Shards"]:
                self.parents[shard["ShardId"]] = shard.get("ParentShardId")
            if "LastEvaluatedShardId" not in description:
                return description["StreamStatus"]
            start = {"ExclusiveStartShardId": description["LastEvaluatedShardId"]}

    def iterator(self, shard, **where):
        return self.streams.get_shard_iterator(StreamArn=self.arn, ShardId=shard, **where)[
            "ShardIterator"
        ]

    def read(self, shard):
        limit = self.random.choice([7, 100, 1000])
        page = self.streams.get_records(ShardIterator=self.iterators[shard], Limit=limit)
        for record in page["Records"]:
            self.take(record["eventName"], record["dynamodb"])
        following = page.get("NextShardIterator")
        if following is None:
            del self.iterators[shard]
            self.ended.add(shard)
        elif page["Records"] and self.random.randrange(4) == 0:
            self.iterators[shard] = self.again(shard, page["Records"][-1])
        else:
            self.iterators[shard] = following

    def take(self, event, change):
        self.count += 1
        self.changes[change["Keys"]["id"]["S"]].append(
            (event, change.get("OldImage"), change.get("NewImage"))
        )

    def again(self, shard, last):
        """An iterator after a record, made from the record's sequence number."""
        number = last["dynamodb"]["SequenceNumber"]
        at = self.iterator(
            shard, ShardIteratorType="AT_SEQUENCE_NUMBER", SequenceNumber=number
        )
        same = self.streams.get_records(ShardIterator=at, Limit=1)["Records"]
        expect([each["eventID"] for each in same], [last["eventID"]])
        return self.iterator(
            shard, ShardIteratorType="AFTER_SEQUENCE_NUMBER", SequenceNumber=number
        )

    def has_ended_split(self):
        children = Counter(self.parents.values())
        return any(children[shard] == 2 for shard in self.ended)

    def follow(self, is_enough, what):
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not is_enough(self.step()):
            if time.monotonic() > deadline:
                raise AssertionError(f"{what}: not after {PATIENCE_SECONDS} s, {self.count} changes")


def create(client, name):
    created = client.create_table(
        TableName=name,
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        ProvisionedThroughput={"ReadCapacityUnits": 1, "WriteCapacityUnits": FEW_UNITS},
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    )
    client.get_waiter("table_exists").wait(TableName=name, WaiterConfig={"Delay": 1})
    return created["TableDescription"]["LatestStreamArn"]


def listed(streams):
    """The ARNs of all streams, by pages of one."""
    arns = []
    start = {}
    while True:
        page = streams.list_streams(Limit=1, **start)
        arns += [each["StreamArn"] for each in page["Streams"]]
        if "LastEvaluatedStreamArn" not in page:
            return arns
        start = {"ExclusiveStartStreamArn": page["LastEvaluatedStreamArn"]}


def main():
    count = int(sys.argv[1])
    seed = int(os.environ.get("SEED", time.time_ns()))
    print(f"SEED={seed}")
    endpoint = os.environ["AWS_ENDPOINT_URL"]
    # One attempt: every answer of the server is seen.
    config = Config(retries={"total_max_attempts": 1}, connect_timeout=10, read_timeout=30)
    client = boto3.client("dynamodb", endpoint_url=endpoint, config=config)
    streams = boto3.client("dynamodbstreams", endpoint_url=endpoint, config=config)
    arn = create(client, TABLE)
    other = create(client, "other")
    expect(sorted(listed(streams)), sorted([arn, other]))

    writer = Writer(client, seed)
    writer.start()
    follower = Follower(streams, arn, seed + 1)
    try:
        follower.follow(lambda _: follower.count > count // 2, "half of the changes")
        units = {"ReadCapacityUnits": 1, "WriteCapacityUnits": MANY_UNITS}
        client.update_table(TableName=TABLE, ProvisionedThroughput=units)
        follower.follow(
            lambda _: follower.count > count
            and follower.has_ended_split()
            and len(follower.parents) > 4,
            "a split shard",
        )
    finally:
        writer.stop()
    client.get_waiter("table_exists").wait(TableName=TABLE, WaiterConfig={"Delay": 1})
    client.update_table(TableName=TABLE, StreamSpecification={"StreamEnabled": False})
    follower.follow(lambda has_ended: has_ended, "the end of the stream")
    for name in writer.changes.keys() | follower.changes.keys():
        expect(follower.changes[name], writer.changes[name])
    print(f"{follower.count} changes of {len(writer.changes)} items in {len(follower.parents)} shards")


main()
