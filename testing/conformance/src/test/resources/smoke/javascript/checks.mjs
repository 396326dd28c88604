// What every part uses: expectations, and the table of ballots.

import assert from 'node:assert/strict';

import {
  CreateTableCommand,
  DynamoDBServiceException,
  PutItemCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';

/** Waits of a part: the states of tables change at once or soon. */
export const waiting = (client) => ({ client, minDelay: 1, maxDelay: 2, maxWaitTime: 30 });

/** The request must be refused with this class of exception and this text, and the exception is returned. */
export async function refused(type, text, request) {
  let answer;
  try {
    answer = await request;
  } catch (refusal) {
    assert.equal(refusal.constructor.name, type.name, refusal);
    assert.ok(refusal instanceof type, refusal);
    assert.ok(refusal.message.includes(text), `expected '${text}'\n within '${refusal.message}'`);
    assert.equal(refusal.$metadata.httpStatusCode, 400);
    return refusal;
  }
  assert.fail(`expected ${type.name} '${text}'\n but was ${JSON.stringify(answer)}`);
}

/** The request must be refused as invalid, with this text in its message. */
export async function invalid(text, request) {
  const refusal = await refused(DynamoDBServiceException, text, request);
  assert.equal(refusal.name, 'ValidationException');
}

/** A table of ballots: the election is its hash key, the number of the ballot its sort key. */
export async function createBallots(client, name) {
  await client.send(
    new CreateTableCommand({
      TableName: name,
      AttributeDefinitions: [
        { AttributeName: 'election', AttributeType: 'S' },
        { AttributeName: 'ballot', AttributeType: 'N' },
      ],
      KeySchema: [
        { AttributeName: 'election', KeyType: 'HASH' },
        { AttributeName: 'ballot', KeyType: 'RANGE' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  await waitUntilTableExists(waiting(client), { TableName: name });
}

export function key(ballot, election = 'archon') {
  return { election: { S: election }, ballot: { N: String(ballot) } };
}

/** Five ballots for archon and two for strategos; the weight is ten times the number. */
export async function fill(client, table) {
  for (const [election, count] of Object.entries({ archon: 5, strategos: 2 })) {
    for (let number = 1; number <= count; number++) {
      const candidate = { S: number % 2 === 1 ? 'Solon' : 'Drakon' };
      const item = { ...key(number, election), candidate, weight: { N: String(10 * number) } };
      await client.send(new PutItemCommand({ TableName: table, Item: item }));
    }
  }
}

export const numbers = (items) => items.map((item) => Number(item.ballot.N));

/** All pages of a paginator. */
export async function all(pages) {
  const found = [];
  for await (const page of pages) {
    found.push(page);
  }
  return found;
}
