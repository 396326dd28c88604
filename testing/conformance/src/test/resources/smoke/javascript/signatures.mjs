// Requests with a wrong key, a late clock, or a change after they were signed.

import assert from 'node:assert/strict';

import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';

const MISMATCH = 'The request signature we calculated does not match the signature you provided.';

export async function signatures(client) {
  const own = await client.config.credentials();
  await connected({}, (other) => other.send(new ListTablesCommand({})));
  await refused('InvalidSignatureException', MISMATCH, {
    credentials: { accessKeyId: own.accessKeyId, secretAccessKey: 'no' },
  });
  await refused('UnrecognizedClientException', 'The security token included in the request is invalid.', {
    credentials: { accessKeyId: 'AKIDOTHER', secretAccessKey: own.secretAccessKey },
  });
  await refused('InvalidSignatureException', 'Signature expired: ', { systemClockOffset: -600_000 });
  const changes = [
    (request) => (request.body = '{"Limit":1}'),
    (request) => (request.headers['x-amz-target'] = 'DynamoDB_20120810.DescribeLimits'),
    (request) => (request.query = { a: '1' }),
  ];
  for (const change of changes) {
    await refused('InvalidSignatureException', MISMATCH, {}, change);
  }
}

/** The request must be refused; what changes it runs after the signature and before it is sent. */
async function refused(name, text, settings, change) {
  await connected(settings, async (client) => {
    if (change !== undefined) {
      const middleware = (next) => (args) => {
        change(args.request);
        if (args.request.body !== undefined) {
          args.request.headers['content-length'] = String(args.request.body.length);
        }
        return next(args);
      };
      client.middlewareStack.add(middleware, { step: 'finalizeRequest', priority: 'low' });
    }
    await assert.rejects(client.send(new ListTablesCommand({})), (refusal) => {
      assert.equal(refusal.name, name, refusal);
      assert.ok(refusal.message.startsWith(text), refusal.message);
      assert.equal(refusal.$metadata.httpStatusCode, 400);
      return true;
    });
  });
}

async function connected(settings, use) {
  const client = new DynamoDBClient({ endpoint: process.env.AWS_ENDPOINT_URL, maxAttempts: 1, ...settings });
  try {
    await use(client);
  } finally {
    client.destroy();
  }
}
