// Query and Scan through the low-level client and its paginators.

import assert from 'node:assert/strict';

import { PutItemCommand, QueryCommand, ScanCommand, paginateQuery, paginateScan } from '@aws-sdk/client-dynamodb';

import { all, createBallots, fill, invalid, key, numbers } from './checks.mjs';

const archon = (table) => ({
  TableName: table,
  KeyConditionExpression: 'election = :e',
  ExpressionAttributeValues: { ':e': { S: 'archon' } },
});

export async function query(client) {
  await createBallots(client, 'query');
  await fill(client, 'query');
  const found = await client.send(new QueryCommand(archon('query')));
  assert.deepEqual(numbers(found.Items), [1, 2, 3, 4, 5]);
  assert.deepEqual([found.Count, found.ScannedCount, found.LastEvaluatedKey], [5, 5, undefined]);
  const backward = { ...archon('query'), ScanIndexForward: false };
  const page = await client.send(new QueryCommand({ ...backward, Limit: 2 }));
  assert.deepEqual(numbers(page.Items), [5, 4]);
  assert.deepEqual(page.LastEvaluatedKey, key(4));
  const rest = await client.send(new QueryCommand({ ...backward, ExclusiveStartKey: page.LastEvaluatedKey }));
  assert.deepEqual(numbers(rest.Items), [3, 2, 1]);
  const filtered = await client.send(
    new QueryCommand({
      TableName: 'query',
      KeyConditionExpression: '#e = :e AND ballot BETWEEN :two AND :five',
      FilterExpression: 'candidate = :c OR weight < :n',
      ProjectionExpression: 'ballot, weight',
      ExpressionAttributeNames: { '#e': 'election' },
      ExpressionAttributeValues: {
        ':e': { S: 'archon' },
        ':two': { N: '2' },
        ':five': { N: '5' },
        ':c': { S: 'Drakon' },
        ':n': { N: '30' },
      },
      ReturnConsumedCapacity: 'TOTAL',
    }),
  );
  assert.deepEqual(filtered.Items, [
    { ballot: { N: '2' }, weight: { N: '20' } },
    { ballot: { N: '4' }, weight: { N: '40' } },
  ]);
  assert.deepEqual([filtered.Count, filtered.ScannedCount], [2, 4]);
  assert.deepEqual(filtered.ConsumedCapacity, { TableName: 'query', CapacityUnits: 0.5 });
  const count = await client.send(new QueryCommand({ ...archon('query'), Select: 'COUNT' }));
  assert.deepEqual([count.Count, count.Items], [5, undefined]);
}

export async function queryPages(client) {
  await createBallots(client, 'query-pages');
  await fill(client, 'query-pages');
  for (const ScanIndexForward of [true, false]) {
    const input = { ...archon('query-pages'), ScanIndexForward };
    const pages = await all(paginateQuery({ client, pageSize: 2 }, input));
    assert.deepEqual(pages.map((page) => page.Count), [2, 2, 1]);
    const found = pages.flatMap((page) => numbers(page.Items));
    assert.deepEqual(found, ScanIndexForward ? [1, 2, 3, 4, 5] : [5, 4, 3, 2, 1]);
  }
  const nobody = { ...archon('query-pages'), FilterExpression: 'attribute_not_exists(candidate)' };
  const empty = await all(paginateQuery({ client, pageSize: 1 }, nobody));
  assert.equal(empty.flatMap((page) => page.Items).length, 0);
  assert.equal(empty.reduce((sum, page) => sum + page.ScannedCount, 0), 5);
}

export async function scan(client) {
  await createBallots(client, 'scan');
  await fill(client, 'scan');
  const every = await client.send(new ScanCommand({ TableName: 'scan', ReturnConsumedCapacity: 'TOTAL' }));
  assert.deepEqual([every.Count, every.ScannedCount], [7, 7]);
  assert.deepEqual(every.ConsumedCapacity, { TableName: 'scan', CapacityUnits: 0.5 });
  const pages = await all(paginateScan({ client, pageSize: 2 }, { TableName: 'scan' }));
  assert.ok(pages.every((page) => page.Count <= 2));
  assert.deepEqual(pages.flatMap((page) => page.Items), every.Items);
  const filtered = await client.send(
    new ScanCommand({
      TableName: 'scan',
      FilterExpression: 'begins_with(candidate, :d) AND ballot IN (:two, :four)',
      ProjectionExpression: 'weight',
      ExpressionAttributeValues: { ':d': { S: 'Dra' }, ':two': { N: '2' }, ':four': { N: '4' } },
    }),
  );
  assert.deepEqual(filtered.Items.map((item) => item.weight.N).sort(), ['20', '20', '40']);
  const count = await client.send(new ScanCommand({ TableName: 'scan', Select: 'COUNT' }));
  assert.deepEqual([count.Count, count.Items], [7, undefined]);
}

export async function scanSegments(client) {
  await createBallots(client, 'segments');
  const ballots = Array.from({ length: 40 }, (_, number) => number);
  const cast = (number) => ({ TableName: 'segments', Item: key(number, `election-${number}`) });
  await Promise.all(ballots.map((number) => client.send(new PutItemCommand(cast(number)))));
  const segments = [0, 1, 2, 3].map((Segment) =>
    all(paginateScan({ client, pageSize: 3 }, { TableName: 'segments', Segment, TotalSegments: 4 })),
  );
  const found = (await Promise.all(segments)).flat().flatMap((page) => numbers(page.Items));
  assert.deepEqual(found.sort((one, other) => one - other), ballots);
}

export async function queryErrors(client) {
  await createBallots(client, 'query-errors');
  await invalid(
    'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
    client.send(new QueryCommand({ TableName: 'query-errors' })),
  );
  await invalid(
    'Filter Expression can only contain non-primary key attributes: Primary key attribute: ballot',
    client.send(new QueryCommand({ ...archon('query-errors'), FilterExpression: 'ballot <> :e' })),
  );
  await invalid(
    'The TotalSegments parameter is required but was not present in the request when Segment parameter is present',
    client.send(new ScanCommand({ TableName: 'query-errors', Segment: 1 })),
  );
}
