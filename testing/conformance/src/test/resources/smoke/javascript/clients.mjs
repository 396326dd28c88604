// Tables and single items through the low-level client.

import assert from 'node:assert/strict';

import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  GetItemCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
  ResourceInUseException,
  ResourceNotFoundException,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateItemCommand,
  UpdateTableCommand,
  paginateListTables,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb';

import { all, createBallots, invalid, key, refused, waiting } from './checks.mjs';

export async function tables(client) {
  const names = ['tables-a', 'tables-b', 'tables-c'];
  for (const name of names) {
    await createBallots(client, name);
  }
  const { Table: described } = await client.send(new DescribeTableCommand({ TableName: 'tables-a' }));
  assert.equal(described.TableStatus, 'ACTIVE');
  assert.equal(described.BillingModeSummary.BillingMode, 'PAY_PER_REQUEST');
  assert.ok(described.CreationDateTime instanceof Date);
  assert.deepEqual(described.KeySchema, [
    { AttributeName: 'election', KeyType: 'HASH' },
    { AttributeName: 'ballot', KeyType: 'RANGE' },
  ]);

  const pages = await all(paginateListTables({ client, pageSize: 2 }, {}));
  const listed = pages.flatMap((page) => page.TableNames).filter((name) => name.startsWith('tables-'));
  assert.deepEqual(listed, names);

  const throughput = { ReadCapacityUnits: 5, WriteCapacityUnits: 4 };
  const update = { TableName: 'tables-a', BillingMode: 'PROVISIONED', ProvisionedThroughput: throughput };
  await client.send(new UpdateTableCommand(update));
  const waited = await waitUntilTableExists(waiting(client), { TableName: 'tables-a' });
  assert.equal(waited.reason.Table.ProvisionedThroughput.WriteCapacityUnits, 4);

  await refused(ResourceInUseException, 'tables-a', createBallots(client, 'tables-a'));
  for (const name of names) {
    await client.send(new DeleteTableCommand({ TableName: name }));
    await waitUntilTableNotExists(waiting(client), { TableName: name });
  }
  await refused(
    ResourceNotFoundException,
    'Requested resource not found: Table: tables-a not found',
    client.send(new DescribeTableCommand({ TableName: 'tables-a' })),
  );
}

export async function tags(client) {
  await createBallots(client, 'tags');
  const { Table: table } = await client.send(new DescribeTableCommand({ TableName: 'tags' }));
  const ResourceArn = table.TableArn;
  const Tags = [
    { Key: 'team', Value: 'blue' },
    { Key: 'é', Value: '' },
  ];
  await client.send(new TagResourceCommand({ ResourceArn, Tags }));
  await client.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['é', 'absent'] }));
  const listed = await client.send(new ListTagsOfResourceCommand({ ResourceArn }));
  assert.deepEqual(listed.Tags, [{ Key: 'team', Value: 'blue' }]);
  assert.equal(listed.NextToken, undefined);
  await refused(
    ResourceNotFoundException,
    `Requested resource not found: ResourceArn: ${ResourceArn}-missing not found`,
    client.send(new ListTagsOfResourceCommand({ ResourceArn: `${ResourceArn}-missing` })),
  );
}

export async function attributeTypes(client) {
  await createBallots(client, 'types');
  const item = {
    ...key(1),
    text: { S: 'Ὄστρακον \u{1f5f3} "\'\\ \n' },
    number: { N: '-12345678901234567890.123456789' },
    binary: { B: Uint8Array.from({ length: 256 }, (_, index) => index) },
    yes: { BOOL: true },
    nothing: { NULL: true },
    list: { L: [{ N: '1' }, { S: '' }, { L: [] }, { M: {} }] },
    map: { M: { deep: { M: { er: { BOOL: false } } }, 'a b': { B: new Uint8Array(0) } } },
    texts: { SS: ['a', 'b', ''] },
    numbers: { NS: ['1', '-2.5', '77'] },
    binaries: { BS: [Uint8Array.of(0), Uint8Array.of(255)] },
  };
  await client.send(new PutItemCommand({ TableName: 'types', Item: item }));
  const get = { TableName: 'types', Key: key(1), ConsistentRead: true };
  const { Item: back } = await client.send(new GetItemCommand(get));
  for (const read of [item, back]) {
    read.texts.SS.sort();
    read.numbers.NS.sort();
    read.binaries.BS.sort((one, other) => one[0] - other[0]);
  }
  assert.deepEqual(back, item);
  const missing = await client.send(new GetItemCommand({ TableName: 'types', Key: key(2) }));
  assert.equal(missing.Item, undefined);
}

export async function conditions(client) {
  await createBallots(client, 'conditions');
  const cast = {
    TableName: 'conditions',
    Item: { ...key(1), candidate: { S: 'Solon' } },
    ConditionExpression: 'attribute_not_exists(ballot)',
  };
  await client.send(new PutItemCommand(cast));
  const plain = await refused(
    ConditionalCheckFailedException,
    'The conditional request failed',
    client.send(new PutItemCommand(cast)),
  );
  assert.equal(plain.Item, undefined);
  const telling = await refused(
    ConditionalCheckFailedException,
    'The conditional request failed',
    client.send(new PutItemCommand({ ...cast, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' })),
  );
  assert.deepEqual(telling.Item, cast.Item);

  const remove = (candidate) =>
    new DeleteItemCommand({
      TableName: 'conditions',
      Key: key(1),
      ConditionExpression: '#c = :c AND size(#c) > :n',
      ExpressionAttributeNames: { '#c': 'candidate' },
      ExpressionAttributeValues: { ':c': { S: candidate }, ':n': { N: '2' } },
      ReturnValues: 'ALL_OLD',
    });
  await refused(ConditionalCheckFailedException, 'The conditional', client.send(remove('Drakon')));
  assert.deepEqual((await client.send(remove('Solon'))).Attributes, cast.Item);
}

export async function updates(client) {
  await createBallots(client, 'updates');
  const update = (input) =>
    client.send(new UpdateItemCommand({ TableName: 'updates', Key: key(1), ...input }));
  const first = await update({
    UpdateExpression: 'SET tally = if_not_exists(tally, :zero) + :one, choices = :none ADD tags :tags',
    ExpressionAttributeValues: {
      ':zero': { N: '0' },
      ':one': { N: '1' },
      ':none': { L: [] },
      ':tags': { SS: ['clay'] },
    },
    ReturnValues: 'ALL_NEW',
  });
  const made = { tally: { N: '1' }, choices: { L: [] }, tags: { SS: ['clay'] } };
  assert.deepEqual(first.Attributes, { ...key(1), ...made });
  const second = await update({
    UpdateExpression: 'SET #c = list_append(#c, :more) REMOVE tags ADD tally :two',
    ExpressionAttributeNames: { '#c': 'choices' },
    ExpressionAttributeValues: { ':more': { L: [{ S: 'Solon' }] }, ':two': { N: '2' } },
    ReturnValues: 'UPDATED_NEW',
    ReturnConsumedCapacity: 'TOTAL',
  });
  assert.deepEqual(second.Attributes, { tally: { N: '3' }, choices: { L: [{ S: 'Solon' }] } });
  assert.deepEqual(second.ConsumedCapacity, { TableName: 'updates', CapacityUnits: 1 });
  const third = await update({ UpdateExpression: 'REMOVE choices[0]', ReturnValues: 'UPDATED_OLD' });
  assert.deepEqual(third.Attributes, { choices: { L: [{ S: 'Solon' }] } });
}

export async function errors(client) {
  await createBallots(client, 'errors');
  const get = (input) => client.send(new GetItemCommand(input));
  await refused(
    ResourceNotFoundException,
    'Requested resource not found',
    get({ TableName: 'nowhere', Key: key(1) }),
  );
  await invalid(
    'The provided key element does not match the schema',
    get({ TableName: 'errors', Key: { election: { S: 'archon' } } }),
  );
  await invalid(
    'Invalid ProjectionExpression: Two document paths overlap with each other;',
    get({ TableName: 'errors', Key: key(1), ProjectionExpression: 'choices, choices[0]' }),
  );
  const put = { TableName: 'errors', Item: { ...key(1), weight: { N: 'seven' } } };
  await invalid('cannot be converted to a numeric value', client.send(new PutItemCommand(put)));
}
