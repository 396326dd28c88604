// An election through the AWS SDK for JavaScript, as an application would run it.
//
//     node smoke.mjs [PART ...]     runs these parts, or all
//
// AWS_ENDPOINT_URL names the server; credentials and the region are in the environment as well. Every part makes
// tables of its own. The exit status is 1 if a part failed.

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

import * as clients from './clients.mjs';
import * as documents from './documents.mjs';
import * as queries from './queries.mjs';
import * as retries from './retries.mjs';
import * as signatures from './signatures.mjs';
import * as streams from './streams.mjs';

const parts = { ...clients, ...queries, ...documents, ...streams, ...signatures, ...retries };
const asked = process.argv.slice(2);
// One attempt: every answer of the server is seen.
const client = new DynamoDBClient({ endpoint: process.env.AWS_ENDPOINT_URL, maxAttempts: 1 });

let failed = 0;
for (const name of asked.length > 0 ? asked : Object.keys(parts)) {
  try {
    await parts[name](client);
    console.log('ok', name);
  } catch (error) {
    failed++;
    console.log('FAILED', name);
    console.log(error.stack);
  }
}
client.destroy();
process.exitCode = failed > 0 ? 1 : 0;
