// The stream of a table, through the SDK's client of streams.

import assert from 'node:assert/strict';

import {
  DeleteItemCommand,
  PutItemCommand,
  UpdateItemCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb-streams';

import { createBallots, key, refused, waiting } from './checks.mjs';

const streams = new DynamoDBStreamsClient({ endpoint: process.env.AWS_ENDPOINT_URL, maxAttempts: 1 });

/** Gives a table a stream and returns its ARN. */
async function enable(client, name, view) {
  const StreamSpecification = { StreamEnabled: true, StreamViewType: view };
  const updated = await client.send(new UpdateTableCommand({ TableName: name, StreamSpecification }));
  await waitUntilTableExists(waiting(client), { TableName: name });
  return updated.TableDescription.LatestStreamArn;
}

/** The iterator at the oldest record of the stream's only shard. */
async function oldest(StreamArn) {
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
  assert.equal(StreamDescription.Shards.length, 1);
  const ShardId = StreamDescription.Shards[0].ShardId;
  const first = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' };
  return (await streams.send(new GetShardIteratorCommand(first))).ShardIterator;
}

export async function stream(client) {
  const TableName = 'stream';
  await createBallots(client, TableName);
  const StreamArn = await enable(client, TableName, 'NEW_AND_OLD_IMAGES');
  const solon = { ...key(1), candidate: { S: 'Solon' } };
  const drakon = { ...key(1), candidate: { S: 'Drakon' } };
  await client.send(new PutItemCommand({ TableName, Item: solon }));
  await client.send(
    new UpdateItemCommand({
      TableName,
      Key: key(1),
      UpdateExpression: 'SET candidate = :c',
      ExpressionAttributeValues: { ':c': { S: 'Drakon' } },
    }),
  );
  await client.send(new DeleteItemCommand({ TableName, Key: key(1) }));
  await client.send(new DeleteItemCommand({ TableName, Key: key(1) }));

  const { Streams: listed } = await streams.send(new ListStreamsCommand({ TableName }));
  assert.deepEqual(
    listed.map((each) => [each.StreamArn, each.TableName]),
    [[StreamArn, TableName]],
  );
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
  assert.equal(StreamDescription.StreamStatus, 'ENABLED');
  assert.equal(StreamDescription.StreamViewType, 'NEW_AND_OLD_IMAGES');
  assert.ok(StreamDescription.CreationRequestDateTime instanceof Date);

  const ShardIterator = await oldest(StreamArn);
  const page = await streams.send(new GetRecordsCommand({ ShardIterator, Limit: 2 }));
  assert.equal(page.Records.length, 2);
  const rest = await streams.send(new GetRecordsCommand({ ShardIterator: page.NextShardIterator }));
  const records = [...page.Records, ...rest.Records];
  assert.deepEqual(
    records.map((each) => [each.eventName, each.dynamodb.OldImage, each.dynamodb.NewImage]),
    [
      ['INSERT', undefined, solon],
      ['MODIFY', solon, drakon],
      ['REMOVE', drakon, undefined],
    ],
  );
  for (const record of records) {
    assert.deepEqual(record.dynamodb.Keys, key(1));
    assert.ok(record.dynamodb.ApproximateCreationDateTime instanceof Date);
    assert.equal(record.userIdentity, undefined);
  }
  const missing = StreamArn.replace(/...$/, '000');
  await refused(
    ResourceNotFoundException,
    `Requested resource not found: Stream: ${missing} not found`,
    streams.send(new DescribeStreamCommand({ StreamArn: missing })),
  );
}

export async function streamOfExpiredItems(client) {
  const TableName = 'stream-expiring';
  await createBallots(client, TableName);
  const StreamArn = await enable(client, TableName, 'KEYS_ONLY');
  const TimeToLiveSpecification = { Enabled: true, AttributeName: 'expires' };
  await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
  const expires = { N: String(Math.floor(Date.now() / 1000) - 60) };
  await client.send(new PutItemCommand({ TableName, Item: { ...key(1), expires } }));
  const records = [];
  let ShardIterator = await oldest(StreamArn);
  const deadline = Date.now() + 60_000;
  while (records.length < 2) {
    assert.ok(Date.now() < deadline, 'the item does not expire');
    const page = await streams.send(new GetRecordsCommand({ ShardIterator }));
    records.push(...page.Records);
    ShardIterator = page.NextShardIterator;
  }
  assert.deepEqual(
    records.map((each) => [each.eventName, each.userIdentity]),
    [
      ['INSERT', undefined],
      ['REMOVE', { PrincipalId: 'dynamodb.amazonaws.com', Type: 'Service' }],
    ],
  );
  assert.equal(records[1].dynamodb.OldImage, undefined);
}
