// Reads a stream from its first change to its last one, while shards get successors and are split.
//
//   node follow.mjs CHANGES     makes at least so many changes
//
// AWS_ENDPOINT_URL names the server, whose shards should live for seconds; credentials and the region are in the
// environment as well. SEED repeats a run. What the stream shows of each item must be what was written to it, in that
// order. The exit status is 1 if it is not.

import assert from 'node:assert/strict';

import {
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
  UpdateTableCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams';

import { waiting } from './checks.mjs';

const TABLE = 'followed';
const ITEMS = 50;
const WRITERS = 2;
const PATIENCE_MILLIS = 90_000;
// The service keeps a table with so many units in three partitions: its one shard is split twice.
const FEW_UNITS = 500;
const MANY_UNITS = 2500;

// One attempt: every answer of the server is seen.
const options = { endpoint: process.env.AWS_ENDPOINT_URL, maxAttempts: 1 };
const client = new DynamoDBClient(options);
const streams = new DynamoDBStreamsClient(options);

/** Random numbers below a bound, the same for a seed (mulberry32, public domain). */
function randomBelow(seed) {
  let state = seed >>> 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

/** The changes of each item, in their order. */
class Changes {
  byItem = new Map();
  count = 0;

  add(id, event, before, after) {
    if (!this.byItem.has(id)) {
      this.byItem.set(id, []);
    }
    this.byItem.get(id).push([event, before, after]);
    this.count++;
  }
}

/** Writes to items of its own at random until it is stopped, and notes their changes. */
class Writer {
  items = new Map();
  stopped = false;

  constructor(name, seed, changes) {
    this.name = name;
    this.below = randomBelow(seed);
    this.changes = changes;
    this.end = this.run();
  }

  async run() {
    for (let version = 1; !this.stopped; version++) {
      await this.write(`${this.name}-${this.below(ITEMS)}`, version);
    }
  }

  async write(id, version) {
    const before = this.items.get(id);
    const choice = this.below(6);
    const Key = { id: { S: id } };
    if (before && choice === 0) {
      await client.send(new DeleteItemCommand({ TableName: TABLE, Key }));
      this.note(id, before, undefined);
    } else if (before && choice === 1) {
      // It changes nothing, so the stream does not show it.
      await client.send(new PutItemCommand({ TableName: TABLE, Item: before }));
    } else if (before && choice === 2) {
      await client.send(
        new UpdateItemCommand({
          TableName: TABLE,
          Key,
          UpdateExpression: 'SET version = :v REMOVE tags',
          ExpressionAttributeValues: { ':v': { N: String(version) } },
        }),
      );
      const { tags, ...after } = { ...before, version: { N: String(version) } };
      this.note(id, before, after);
    } else {
      const after = {
        id: { S: id },
        version: { N: String(version) },
        bytes: { B: Uint8Array.of(version >>> 8, version) },
        tags: { SS: [`a${version}`, `b${version}`] },
        nested: { M: { list: { L: [{ BOOL: version % 2 === 0 }, { NULL: true }] } } },
      };
      await client.send(new PutItemCommand({ TableName: TABLE, Item: after }));
      this.note(id, before, after);
    }
  }

  note(id, before, after) {
    const event = before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY';
    this.changes.add(id, event, before, after);
    this.items.set(id, after);
  }
}

/** Reads all shards of a stream, each after its parent. */
class Follower {
  parents = new Map();
  iterators = new Map();
  ended = new Set();
  changes = new Changes();

  constructor(StreamArn, seed) {
    this.StreamArn = StreamArn;
    this.below = randomBelow(seed);
  }

  /** Looks for new shards and reads one page of each; returns whether the stream has ended. */
  async step() {
    const status = await this.describe();
    for (const [shard, parent] of this.parents) {
      const isKnown = this.iterators.has(shard) || this.ended.has(shard);
      if (!isKnown && (!this.parents.has(parent) || this.ended.has(parent))) {
        this.iterators.set(shard, await this.iterator(shard, { ShardIteratorType: 'TRIM_HORIZON' }));
      }
    }
    await Promise.all([...this.iterators.keys()].map((shard) => this.read(shard)));
    return status === 'DISABLED' && [...this.parents.keys()].every((shard) => this.ended.has(shard));
  }

  async describe() {
    let ExclusiveStartShardId;
    for (;;) {
      const request = { StreamArn: this.StreamArn, Limit: 2, ExclusiveStartShardId };
      const { StreamDescription: page } = await streams.send(new DescribeStreamCommand(request));
      page.Shards.forEach((shard) => this.parents.set(shard.ShardId, shard.ParentShardId));
      ExclusiveStartShardId = page.LastEvaluatedShardId;
      if (ExclusiveStartShardId === undefined) {
        return page.StreamStatus;
      }
    }
  }

  async iterator(ShardId, where) {
    const request = { StreamArn: this.StreamArn, ShardId, ...where };
    return (await streams.send(new GetShardIteratorCommand(request))).ShardIterator;
  }

  async read(shard) {
    const Limit = [7, 100, 1000][this.below(3)];
    const request = { ShardIterator: this.iterators.get(shard), Limit };
    const page = await streams.send(new GetRecordsCommand(request));
    for (const { eventName, dynamodb: change } of page.Records) {
      this.changes.add(change.Keys.id.S, eventName, change.OldImage, change.NewImage);
    }
    if (page.NextShardIterator === undefined) {
      this.iterators.delete(shard);
      this.ended.add(shard);
    } else if (page.Records.length > 0 && this.below(4) === 0) {
      this.iterators.set(shard, await this.again(shard, page.Records.at(-1)));
    } else {
      this.iterators.set(shard, page.NextShardIterator);
    }
  }

  /** An iterator after a record, made from the record's sequence number. */
  async again(shard, last) {
    const where = { SequenceNumber: last.dynamodb.SequenceNumber };
    const ShardIterator = await this.iterator(shard, { ...where, ShardIteratorType: 'AT_SEQUENCE_NUMBER' });
    const { Records } = await streams.send(new GetRecordsCommand({ ShardIterator, Limit: 1 }));
    assert.deepEqual(
      Records.map((each) => each.eventID),
      [last.eventID],
    );
    return this.iterator(shard, { ...where, ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' });
  }

  hasEndedSplit() {
    const parents = [...this.parents.values()];
    return [...this.ended].some((shard) => parents.filter((parent) => parent === shard).length === 2);
  }

  async follow(isEnough, what) {
    const deadline = Date.now() + PATIENCE_MILLIS;
    while (!isEnough(await this.step())) {
      assert.ok(Date.now() < deadline, `${what}: not in time, ${this.changes.count} changes`);
    }
  }
}

async function create(TableName) {
  const { TableDescription: created } = await client.send(
    new CreateTableCommand({
      TableName,
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: FEW_UNITS },
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
  );
  await waitUntilTableExists(waiting(client), { TableName });
  return created.LatestStreamArn;
}

/** The ARNs of all streams, by pages of one. */
async function listed() {
  const arns = [];
  let ExclusiveStartStreamArn;
  do {
    const page = await streams.send(new ListStreamsCommand({ Limit: 1, ExclusiveStartStreamArn }));
    arns.push(...page.Streams.map((each) => each.StreamArn));
    ExclusiveStartStreamArn = page.LastEvaluatedStreamArn;
  } while (ExclusiveStartStreamArn !== undefined);
  return arns;
}

const count = Number(process.argv[2]);
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000_000);
console.log(`SEED=${seed}`);
const arn = await create(TABLE);
const other = await create('other');
assert.deepEqual((await listed()).sort(), [arn, other].sort());

const written = new Changes();
const writers = Array.from({ length: WRITERS }, (_, n) => new Writer(`writer-${n}`, seed + n, written));
const follower = new Follower(arn, seed + WRITERS);
await follower.follow(() => follower.changes.count > count / 2, 'half of the changes');
const ProvisionedThroughput = { ReadCapacityUnits: 1, WriteCapacityUnits: MANY_UNITS };
await client.send(new UpdateTableCommand({ TableName: TABLE, ProvisionedThroughput }));
const isEnough = () => follower.changes.count > count && follower.hasEndedSplit() && follower.parents.size > 4;
await follower.follow(isEnough, 'a split shard');
writers.forEach((writer) => {
  writer.stopped = true;
});
await Promise.all(writers.map((writer) => writer.end));
await waitUntilTableExists(waiting(client), { TableName: TABLE });
const StreamSpecification = { StreamEnabled: false };
await client.send(new UpdateTableCommand({ TableName: TABLE, StreamSpecification }));
await follower.follow((hasEnded) => hasEnded, 'the end of the stream');

assert.deepEqual(follower.changes.byItem, written.byItem);
console.log(`${written.count} changes of ${written.byItem.size} items in ${follower.parents.size} shards`);
client.destroy();
streams.destroy();
