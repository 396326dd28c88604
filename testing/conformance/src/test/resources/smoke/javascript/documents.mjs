// The document client, which converts items to JavaScript's own types and back.

import assert from 'node:assert/strict';

import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  NumberValue,
  PutCommand,
  QueryCommand,
  UpdateCommand,
  paginateQuery,
  paginateScan,
} from '@aws-sdk/lib-dynamodb';

import { all, createBallots, refused } from './checks.mjs';

const elections = { KeyConditionExpression: 'election = :e', ExpressionAttributeValues: { ':e': 'archon' } };

async function cast(documents, table) {
  const ballots = [['Solon', 30], ['Drakon', 10], ['Solon', 20], ['Kleisthenes', 40]];
  for (const [index, [candidate, weight]] of ballots.entries()) {
    const item = { election: 'archon', ballot: index + 1, candidate, weight };
    await documents.send(new PutCommand({ TableName: table, Item: item }));
  }
}

export async function documents(client) {
  await createBallots(client, 'documents');
  const documents = DynamoDBDocumentClient.from(client);
  const item = {
    election: 'archon',
    ballot: 1,
    weight: 0.1,
    valid: true,
    remark: null,
    seal: Uint8Array.of(0, 1),
    choices: ['Solon', { second: 'Drakon' }, 3],
    witnesses: new Set(['Kleon', 'Nikias']),
    rounds: new Set([1, 2]),
  };
  await documents.send(new PutCommand({ TableName: 'documents', Item: item }));
  const get = { TableName: 'documents', Key: { election: 'archon', ballot: 1 } };
  assert.deepEqual((await documents.send(new GetCommand(get))).Item, item);
}

export async function documentNumbers(client) {
  await createBallots(client, 'document-numbers');
  const exact = DynamoDBDocumentClient.from(client, { unmarshallOptions: { wrapNumbers: true } });
  const digits = '12345678901234567890.123456789';
  const item = { election: 'archon', ballot: 1, large: 12345678901234567890n, exact: NumberValue.from(digits) };
  await exact.send(new PutCommand({ TableName: 'document-numbers', Item: item }));
  const get = { TableName: 'document-numbers', Key: { election: 'archon', ballot: 1 } };
  const back = (await exact.send(new GetCommand(get))).Item;
  assert.equal(back.exact.toString(), digits);
  assert.equal(back.large.toBigInt(), item.large);
}

export async function documentConditions(client) {
  await createBallots(client, 'document-conditions');
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  await cast(documents, 'document-conditions');
  const again = {
    TableName: 'document-conditions',
    Item: { election: 'archon', ballot: 1, remark: undefined },
    ConditionExpression: 'attribute_not_exists(election)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  };
  const refusal = await refused(
    ConditionalCheckFailedException,
    'The conditional request failed',
    documents.send(new PutCommand(again)),
  );
  assert.deepEqual(refusal.Item.candidate, { S: 'Solon' });
  const key = { TableName: 'document-conditions', Key: { election: 'archon', ballot: 1 } };
  const updated = await documents.send(
    new UpdateCommand({
      ...key,
      UpdateExpression: 'SET weight = weight - :less, seen = :seen',
      ConditionExpression: 'weight >= :least AND NOT candidate IN (:other)',
      ExpressionAttributeValues: { ':less': 0.5, ':seen': new Set(['Kleon']), ':least': 30, ':other': 'Drakon' },
      ReturnValues: 'UPDATED_NEW',
    }),
  );
  assert.deepEqual(updated.Attributes, { weight: 29.5, seen: new Set(['Kleon']) });
  const deleted = await documents.send(new DeleteCommand({ ...key, ReturnValues: 'ALL_OLD' }));
  assert.equal(deleted.Attributes.candidate, 'Solon');
}

export async function documentQueries(client) {
  await createBallots(client, 'document-queries');
  const documents = DynamoDBDocumentClient.from(client);
  await cast(documents, 'document-queries');
  const found = await documents.send(
    new QueryCommand({
      TableName: 'document-queries',
      KeyConditionExpression: 'election = :e AND ballot BETWEEN :two AND :four',
      FilterExpression: 'candidate = :c OR weight < :n',
      ExpressionAttributeValues: { ':e': 'archon', ':two': 2, ':four': 4, ':c': 'Solon', ':n': 15 },
      ScanIndexForward: false,
    }),
  );
  assert.deepEqual(found.Items.map((item) => item.ballot), [3, 2]);
  const paging = { client: documents, pageSize: 3 };
  const pages = await all(paginateQuery(paging, { TableName: 'document-queries', ...elections }));
  assert.deepEqual(pages.map((page) => page.Items.map((item) => item.ballot)), [[1, 2, 3], [4]]);
  assert.deepEqual(pages[0].LastEvaluatedKey, { election: 'archon', ballot: 3 });
  const heavy = await all(
    paginateScan(paging, {
      TableName: 'document-queries',
      FilterExpression: 'contains(candidate, :part) AND attribute_type(weight, :type)',
      ProjectionExpression: 'weight',
      ExpressionAttributeValues: { ':part': 'olo', ':type': 'N' },
    }),
  );
  const weights = heavy.flatMap((page) => page.Items).map((item) => item.weight);
  assert.deepEqual(weights.sort(), [20, 30]);
}
