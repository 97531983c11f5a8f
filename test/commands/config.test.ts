import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { environmentHelp, environmentTable } from '../../commands/start/environment-help.ts';
import { strangeVariables } from '../../commands/start/strange-variables.ts';
import { subgraphsElsewhere } from '../../commands/start/subgraph-urls.ts';
import { readConfig, VARIABLES } from '../../config.ts';
import { readSupergraph } from '../../gateway/compose.ts';
import { readGraphs } from '../../gateway/composed-graphs.ts';
import { runCli } from '../support/cli.ts';

describe('the help', () => {
  test.each(['serve', 'worker', 'subgraph'])('%s --help names every variable with its default', async (command) => {
    const { code, stdout } = await runCli([command, '--help'], {});
    expect(code).toBe(0);
    const words = stdout.replace(/\s+/g, ' ');
    for (const { name, meaning, byDefault } of VARIABLES) {
      expect(words).toContain(` ${name} ${meaning} (default: ${byDefault})`);
    }
    expect(stdout.split('\n').filter((line) => !line.includes('://…') && line.length > 80)).toEqual([]);
  });

  test('the defaults are those that hold', () => {
    const config = readConfig({});
    const byDefault = new Map(VARIABLES.map((variable) => [variable.name, variable.byDefault]));
    expect(byDefault.get('PORT')).toBe(String(config.port));
    expect(byDefault.get('HOST')).toBe(config.host);
    expect(byDefault.get('DATA_DIR')).toBe(config.dataDir);
    expect(byDefault.get('LOG_LEVEL')).toBe(config.logLevel);
    expect(byDefault.get('TRUSTED_PROXIES')).toBe(config.trustedProxies.join(','));
    expect(environmentHelp()).toMatch(/PORT\n.*\(default: 4000\)/);
  });

  test("the README's table is the same: paste what environmentTable() answers", () => {
    expect(readFileSync(new URL('../../README.md', import.meta.url), 'utf8')).toContain(environmentTable());
  });

  test('no variable is read that the help does not name', () => {
    const text = ['config.ts', 'cli.ts', 'docker-compose.yml']
      .map((file) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'))
      .join('\n');
    const read = [...text.matchAll(/\b(?:env|process\.env|e)\.([A-Z][A-Z_]+)\b/g)].map((match) => match[1] as string);
    const elsewhere = ['NODE_ENV', 'CREDATLAS_DEBUG'];
    const names = [...VARIABLES.map(({ name }) => name), ...elsewhere];
    expect([...new Set(read)].filter((name) => !names.includes(name))).toEqual([]);
  });
});

describe('subgraphs elsewhere', () => {
  const at = (variable: string) => ({ [variable]: 'http://127.0.0.1:1/graphql' });
  const named = (variable: string, names: string[]) =>
    subgraphsElsewhere(readConfig(at(variable)).subgraphUrls, names).map(({ name }) => name);

  test.each([
    ['SUBGRAPH_SEARCH_URL', 'search'],
    ['SUBGRAPH_MY_AGENCY_URL', 'my_agency'],
    ['SUBGRAPH_YOUR_AGENCY_URL', 'your-agency'],
    ['SUBGRAPH_REGION2_URL', 'region2'],
    ['SUBGRAPH_A_1_B_URL', 'a-1-b'],
    ['SUBGRAPH_URL_URL', 'url'],
  ])('%s means %s', (variable, name) => {
    expect(named(variable, ['search', 'my_agency', 'your-agency', 'region2', 'a-1-b', 'url'])).toEqual([name]);
  });

  test('of two that are written alike, the one with underscores', () => {
    expect(named('SUBGRAPH_MY_AGENCY_URL', ['my-agency', 'my_agency'])).toEqual(['my_agency']);
  });

  test.each(['SUBGRAPH_SERACH_URL', 'SUBGRAPH_MY_AGENCY_URL', 'SUBGRAPH___PROTO___URL', 'SUBGRAPH_CONSTRUCTOR_URL'])(
    '%s fits none, and those there are are named',
    (variable) => {
      const names = readGraphs(readSupergraph()).map(({ name }) => name);
      expect(names).toEqual(['credential', 'provider', 'search', 'source']);
      expect(() => subgraphsElsewhere(at(variable), names)).toThrow(new RegExp(`^${variable}: there is no subgraph`));
    },
  );

  test('two variables for one subgraph', () => {
    const both = { ...at('SUBGRAPH_my_agency_URL'), ...at('SUBGRAPH_MY_AGENCY_URL') };
    expect(() => subgraphsElsewhere(both, ['my-agency'])).toThrow(/same subgraph/);
  });
});

describe('single variables', () => {
  test('proxies that are believed', () => {
    expect(readConfig({}).trustedProxies).toEqual(['127.0.0.0/8', '::1']);
    expect(readConfig({ TRUSTED_PROXIES: '10.0.0.0/8, fd00::/8,192.0.2.7' }).trustedProxies).toEqual([
      '10.0.0.0/8',
      'fd00::/8',
      '192.0.2.7',
    ]);
    for (const wrong of ['10.0.0.0/33', '10.0.0.0/8/8', 'proxy', '::1/129', '10.0.0.0/-1', '10.0.0.0/']) {
      expect(() => readConfig({ TRUSTED_PROXIES: wrong }), wrong).toThrow(/TRUSTED_PROXIES/);
    }
  });

  test('the log is for people on a terminal, else for machines', () => {
    const format = (env: Record<string, string>, terminal: boolean) => readConfig(env, { terminal }).logFormat;
    expect(format({}, true)).toBe('text');
    expect(format({}, false)).toBe('json');
    expect(format({ NODE_ENV: 'production' }, true)).toBe('json');
    expect(format({ NODE_ENV: 'production', LOG_FORMAT: 'text' }, false)).toBe('text');
    expect(() => readConfig({ LOG_FORMAT: 'xml' })).toThrow(/LOG_FORMAT: must be one of json, text/);
  });

  test.each([' ', '0x10', '1e3', '-1', '4000.5', '65536'])('PORT=%j is a free choice only when it is blank', (port) => {
    if (port.trim()) expect(() => readConfig({ PORT: port })).toThrow(/PORT: must be a number/);
    else expect(readConfig({ PORT: port }).port).toBe(4000);
  });

  test('npm is known as what started us only where it did', () => {
    const under = (script?: string) => readConfig({ npm_lifecycle_script: script }).underNpm;
    for (const script of ['node cli.ts serve', 'credatlas', "'credatlas' serve", 'node ./cli.ts serve && echo over']) {
      expect(under(script), script).toBe(true);
    }
    for (const script of [undefined, '', 'vitest run', 'node cli.ts serve & sleep 9', 'node client.cli.tsx']) {
      expect(under(script), script).toBe(false);
    }
  });

  test('near misses are hinted at, names of others are left alone', () => {
    const hints = (...names: string[]) => strangeVariables(Object.fromEntries(names.map((name) => [name, 'x'])));
    for (const [name, meant] of [
      ['DATABSE_URL', 'DATABASE_URL'],
      ['DATABASE_ULR', 'DATABASE_URL'],
      ['database_url', 'DATABASE_URL'],
      ['MEILI_HOST', 'MEILI_URL'],
      ['MEILI_APIKEY', 'MEILI_API_KEY'],
      ['REDIS_URI', 'REDIS_URL'],
      ['TRUSTED_PROXY', 'TRUSTED_PROXIES'],
      ['QUALITYLINK_KEYFILE', 'QUALITYLINK_KEY_FILE'],
      ['SUBGRAPH_SEARCH', 'SUBGRAPH_<NAME>_URL'],
    ] as const) {
      expect(hints(name), name).toEqual([expect.stringContaining(` ${meant} is one.`)]);
    }
    expect(hints('PATH', 'HOME', 'HOSTNAME', 'PORTS', 'MAIL', 'LOGNAME', 'NODE_ENV', 'LANG', 'SHELL')).toEqual([]);
    // Whoever has set both knows.
    expect(strangeVariables({ MEILI_MASTER_KEY: 'x', MEILI_API_KEY: 'x' })).toEqual([]);
  });
});
