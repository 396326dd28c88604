// Throttled requests go through by the client's own retries with back-off.

import assert from 'node:assert/strict';

import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  ProvisionedThroughputExceededException,
  PutItemCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';

import { refused, waiting } from './checks.mjs';

const ROUNDS = 20;

export async function retries(client) {
  await createThrottled(client, 'retries');
  const retrying = new DynamoDBClient({ endpoint: process.env.AWS_ENDPOINT_URL, maxAttempts: 12 });
  try {
    let answer;
    let id;
    // On a slow machine there may be room again between the refusal and the next put.
    for (let round = 0; round < ROUNDS && !(answer?.$metadata.attempts > 1); round++) {
      // Without retries the table refuses what exceeds one write a second.
      const refusal = await refused(ProvisionedThroughputExceededException, 'provisioned throughput', puts(client));
      assert.equal(refusal.ThrottlingReasons[0].reason, 'TableWriteProvisionedThroughputExceeded');
      id = { S: `kept-${round}` };
      answer = await retrying.send(new PutItemCommand({ TableName: 'retries', Item: { id } }));
    }
    assert.ok(answer.$metadata.attempts > 1, `attempts: ${answer.$metadata.attempts}`);
    const get = { TableName: 'retries', Key: { id }, ConsistentRead: true };
    assert.deepEqual((await retrying.send(new GetItemCommand(get))).Item, { id });
    await unprocessed(retrying);
  } finally {
    retrying.destroy();
  }
}

/**
 * Sends what a batch leaves unprocessed again. An answer has at least one item processed: when there is no room for
 * any, the service refuses the batch, and the client backs off.
 */
async function unprocessed(retrying) {
  const ids = Array.from({ length: 5 }, (_, number) => ({ S: `batched-${number}` }));
  let items = { retries: ids.map((id) => ({ PutRequest: { Item: { id } } })) };
  for (let round = 0; round < ids.length && Object.keys(items).length > 0; round++) {
    items = (await retrying.send(new BatchWriteItemCommand({ RequestItems: items }))).UnprocessedItems;
  }
  assert.deepEqual(items, {});
  for (const id of ids) {
    const get = { TableName: 'retries', Key: { id }, ConsistentRead: true };
    assert.deepEqual((await retrying.send(new GetItemCommand(get))).Item, { id });
  }
}

/** More puts than the table has room for. */
async function puts(client) {
  for (let number = 0; number < 100; number++) {
    await client.send(new PutItemCommand({ TableName: 'retries', Item: { id: { S: `lost-${number}` } } }));
  }
}

async function createThrottled(client, name) {
  await client.send(
    new CreateTableCommand({
      TableName: name,
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
      Tags: [{ Key: 'ostraka:capacity', Value: 'enforce' }],
    }),
  );
  await waitUntilTableExists(waiting(client), { TableName: name });
}
