import { serverAudits } from 'graphql-http';
import { afterAll, describe, expect, test } from 'vitest';
import { listening } from './listening.ts';

const server = await listening();
afterAll(() => server.close());

/** The audit of GraphQL over HTTP by the working group's own suite; what is a MAY there holds here too. */
describe('GraphQL over HTTP', () => {
  test.each(serverAudits({ url: `${server.url}/graphql` }))('$id $name', async (audit) => {
    const result = await audit.fn();
    expect(result, 'reason' in result ? result.reason : undefined).toMatchObject({ status: 'ok' });
  });

  test('the audit has not shrunk', () => {
    const names = serverAudits({ url: server.url }).map(({ name }) => name);
    expect(names.filter((name) => name.startsWith('MUST')).length).toBeGreaterThanOrEqual(13);
    expect(names.filter((name) => name.startsWith('SHOULD')).length).toBeGreaterThanOrEqual(20);
  });
});
