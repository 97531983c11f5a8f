import { afterAll, describe, expect, test } from 'vitest';
import { credentials } from '../fixture-records.ts';
import { listening } from './listening.ts';

const server = await listening();
afterAll(() => server.close());

const id = credentials[0]?.record.id as string;
const merged = credentials[39]?.record.id as string;
const query = encodeURIComponent('{ search(first: 1) { edges { node { title { value } } } } }');

/** What a cache may get to see, one header at a time. */
const HEADERS: Record<string, (string | undefined)[]> = {
  accept: [
    undefined,
    '*/*',
    'text/html',
    'application/json',
    'application/graphql-response+json',
    'application/problem+json',
    'image/png',
  ],
  'accept-language': [undefined, 'de', 'fr, en;q=0.5'],
  'accept-encoding': ['identity', 'gzip'],
  origin: [undefined, 'https://a.example', 'https://b.example'],
};

const REQUESTS: [method: string, path: string, body?: string][] = [
  ['GET', '/'],
  ['GET', '/?q=data'],
  ['GET', '/nothing'],
  ['POST', '/'],
  ['GET', `/credentials/${id}`],
  ['GET', `/credentials/${id}?format=json`],
  ['GET', `/credentials/${merged}`],
  ['GET', '/credentials/crd_00000000000000000000'],
  ['GET', '/credentials/%00%0A'],
  ['GET', '/graphql'],
  ['GET', `/graphql?query=${query}`],
  ['GET', '/graphql?query=%7B'],
  ['GET', '/graphql?query=%7Ba%7D&query=%7Bb%7D'],
  ['GET', '/graphql?query=mutation%7Ba%7D'],
  ['PUT', '/graphql'],
  ['POST', '/graphql', '{"query":"{ __typename }"}'],
  ['POST', '/graphql', 'nothing'],
  ['OPTIONS', '/graphql'],
  ['GET', '/graphql/nothing'],
  ['GET', '/graphql/assets/graphiql.css'],
  ['GET', '/graphql/assets/start.js'],
  ['GET', '/graphql/assets/nothing'],
  ['GET', '/graphql/assets/__proto__'],
  ['GET', '/graphql/assets/constructor'],
  ['GET', '/assets/page.css'],
  ['DELETE', '/assets/page.css'],
  ['GET', '/health'],
  ['POST', '/health'],
  ['GET', '/.well-known/nothing'],
];

/** All that a reader gets of an answer but numbers and times of this request. */
async function formOf(method: string, path: string, body: string | undefined, headers: Record<string, string>) {
  const answer = await fetch(server.url + path, {
    method,
    headers: { 'accept-encoding': 'identity', ...(body && { 'content-type': 'application/json' }), ...headers },
    body,
    redirect: 'manual',
  });
  const text = await answer.text();
  const told = ['content-type', 'content-encoding', 'content-language', 'location', 'access-control-allow-origin'];
  return {
    form: JSON.stringify([answer.status, told.map((name) => answer.headers.get(name)), text]),
    status: answer.status,
    vary: (answer.headers.get('vary') ?? '').toLowerCase().split(/\s*,\s*/),
  };
}

describe('every answer names the headers that its form depends on', () => {
  test.each(REQUESTS)('%s %s', async (method, path, body) => {
    for (const [header, values] of Object.entries(HEADERS)) {
      const answers = [];
      for (const value of values)
        answers.push(await formOf(method, path, body, value === undefined ? {} : { [header]: value }));
      if (new Set(answers.map(({ form }) => form)).size === 1) continue;
      for (const [i, { vary, status }] of answers.entries()) {
        expect([header, values[i], status, vary.includes(header) || vary]).toEqual([header, values[i], status, true]);
      }
    }
  });
});

test.each(['__proto__', 'constructor', 'toString', 'prototype', 'hasOwnProperty', '%5F%5Fproto%5F%5F', 'graphiql.js/'])(
  '/graphql/assets/%s is not there',
  async (name) => {
    expect((await fetch(`${server.url}/graphql/assets/${name}`)).status).toBe(404);
  },
);
