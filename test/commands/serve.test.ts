import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runCli, startCli, temporaryFolder } from '../support/cli.ts';

const folder = temporaryFolder();
const PORT = 4391;
const env = { DATA_DIR: join(folder.path, 'data'), PORT: String(PORT) };
const url = `http://127.0.0.1:${PORT}`;
afterAll(folder.remove);

const ask = async (query: string) => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as { data: never; errors?: unknown };
  expect(errors).toBeUndefined();
  return data as Record<string, never>;
};

describe('serve, as a newcomer does it', () => {
  test('a bare start harvests the example providers and answers within 60 s', async () => {
    const started = performance.now();
    const server = await startCli(['serve'], env, /Stop with Ctrl-C/);
    expect(performance.now() - started).toBeLessThan(60_000);
    const text = server.output();
    expect(text).toContain(`${url}/graphql`);
    expect(text).toMatch(/made-up data/);
    // Nothing real is read unless the operator says so; one line tells how.
    expect(text).toMatch(/^ {2}Real sources: \d+ are off\. With internet: npx credatlas sources --enable <id\|all>$/m);

    const { search } = (await ask(
      '{ search(first: 1, facets: [COUNTRY, LANGUAGE, SOURCE]) { totalCount facets { name values { value count } } } }',
    )) as never as {
      search: { totalCount: number; facets: { name: string; values: unknown[] }[] };
    };
    expect(search.totalCount).toBeGreaterThanOrEqual(300);
    const valuesOf = (name: string) => search.facets.find((f) => f.name === name)?.values.length ?? 0;
    expect(valuesOf('COUNTRY')).toBeGreaterThanOrEqual(10);
    expect(valuesOf('LANGUAGE')).toBeGreaterThanOrEqual(8);
    expect((await fetch(`${url}/ready`)).status).toBe(200);
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('# TYPE');

    // The query that the start prints answers.
    const pasted = /-d '(.+)'/.exec(text)?.[1] ?? '';
    const answer = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: pasted,
    });
    expect(
      ((await answer.json()) as { data: { search: { totalCount: number } } }).data.search.totalCount,
    ).toBeGreaterThan(0);

    // A second terminal harvests into the catalogue that is being served.
    const file = join(folder.path, 'more.csv');
    writeFileSync(file, 'identifier,title,provider,country,ects\nz1,Zymurgie für Einsteiger,Muster,DE,2\n');
    const second = await runCli(['harvest', file, '--json'], env);
    expect(second.code).toBe(0);
    expect(second.last()).toMatchObject({ created: 1 });
    const { search: found } = (await ask(
      '{ search(text: "Zymurgie") { totalCount edges { node { title { text } } } } }',
    )) as never as { search: { totalCount: number } };
    expect(found.totalCount).toBe(1);
    expect((await runCli(['status', '--json'], env)).code).toBe(0);
    expect((await runCli(['reindex', '--json'], env)).last()).toMatchObject({ records: search.totalCount + 1 });
    const wrong = await runCli(['harvest', '/no/such/file'], env);
    expect(wrong.code).toBe(2);

    // The port is taken: a clear word, no stack.
    const clash = await runCli(['serve'], { ...env, DATA_DIR: join(folder.path, 'other') });
    expect(clash.code).toBe(2);
    expect(clash.stderr).toContain('PORT');

    // Power off.
    await server.stop('SIGKILL');
  }, 180_000);

  test('after a kill the data are there, and a second start finds nothing new', async () => {
    const server = await startCli(['serve'], env, /Stop with Ctrl-C/);
    const rounds = [...server.output().matchAll(/: complete, (\d+) records: (\d+) new, (\d+) updated/g)];
    expect(rounds.length).toBeGreaterThanOrEqual(10);
    for (const [line, , created, updated] of rounds) expect([line, created, updated]).toEqual([line, '0', '0']);
    const { search } = (await ask('{ search(text: "Zymurgie") { totalCount } }')) as never as {
      search: { totalCount: number };
    };
    expect(search.totalCount).toBe(1);
    expect(await server.stop('SIGTERM')).toBe(0);
  }, 120_000);

  test('EXAMPLES=off serves without them', async () => {
    const server = await startCli(
      ['serve'],
      { ...env, DATA_DIR: join(folder.path, 'bare'), EXAMPLES: 'off' },
      /Stop with Ctrl-C/,
    );
    const { search } = (await ask('{ search { totalCount } }')) as never as { search: { totalCount: number } };
    expect(search.totalCount).toBe(0);
    expect(await server.stop()).toBe(0);
  }, 60_000);
});
