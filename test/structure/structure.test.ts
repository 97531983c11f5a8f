import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { checksumOf } from '../../catalogue/store/migrate.ts';
import { openStore } from '../../catalogue/store/store.ts';
import { isFault, type Page } from '../../crawler/format.ts';
import { detectFormat, loadFormats } from '../../crawler/registry.ts';
import { readSourceFolder } from '../../crawler/source-files.ts';
import { ELEMENTS, mintCredentialId, SourceDefinition } from '../../schema/index.ts';
import { countries } from '../../schema/vocabularies/index.ts';
import { createTestCrawl, testSource } from '../support/crawl.ts';
import { fixtureFiles } from '../support/fixture-files.ts';

const root = new URL('../../', import.meta.url);
const filesBelow = (folder: string): string[] =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `${folder}${file}`);

const imports = (file: string): string[] =>
  [...readFileSync(new URL(file, root), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)]
    .map((match) => match[1] as string)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => new URL(specifier, new URL(file, root)).href.slice(root.href.length));

/** Folder → folders it may import from (design.md, "Four floors"). */
const FLOORS: Record<string, string[]> = {
  'schema/': ['schema/'],
  'catalogue/': ['schema/', 'catalogue/', 'package.json'],
  'crawler/': ['schema/', 'catalogue/', 'crawler/', 'package.json'],
  'subgraphs/': ['schema/', 'catalogue/', 'subgraphs/'],
  'gateway/': ['schema/', 'catalogue/', 'subgraphs/', 'gateway/', 'package.json'],
};

describe('floors', () => {
  test.each(Object.entries(FLOORS))('%s imports nothing from above', (floor, allowed) => {
    const wrong = filesBelow(floor).flatMap((file) =>
      imports(file)
        .filter((target) => !allowed.some((a) => target.startsWith(a)))
        .map((target) => `${file} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  // Else it could not be interrupted as a whole (crawler/harvest/in-pieces.ts).
  test('what reads a body waits for nothing but the body', () => {
    const wrong = ['decode', 'elements', 'formats', 'persons', 'problems', 'record']
      .flatMap((folder) => filesBelow(`crawler/${folder}/`))
      .flatMap((file) => {
        const code = readFileSync(new URL(file, root), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
        const waiting = [...code.matchAll(/import (?:\{([^}]*)\}|(\S+))[^;]*from 'node:([^']+)'/g)].flatMap(
          ([, names = '', whole, module = '']) => {
            if (/^(?:crypto|events|os|path|url|util)$/.test(module)) return [];
            const sync =
              /^(?:fs|zlib)$/.test(module) && !whole && names.split(',').every((name) => /Sync\s*$/.test(name));
            return sync ? [] : [`node:${module}`];
          },
        );
        return [...waiting, ...(code.match(/\bset(?:Timeout|Immediate|Interval)\b/g) ?? [])].map(
          (what) => `${file}: ${what}`,
        );
      });
    expect(wrong).toEqual([]);
  });

  test('a subgraph imports no other subgraph', () => {
    const wrong = ['search', 'credential', 'provider', 'source'].flatMap((name) =>
      filesBelow(`subgraphs/${name}/`).flatMap((file) =>
        imports(file)
          .filter(
            (t) =>
              t.startsWith('subgraphs/') && !t.startsWith(`subgraphs/${name}/`) && !t.startsWith('subgraphs/shared/'),
          )
          .map((target) => `${file} → ${target}`),
      ),
    );
    expect(wrong).toEqual([]);
  });

  test('the gateway talks no SQL and knows no feed', () => {
    const wrong = filesBelow('gateway/').filter((file) =>
      imports(file).some((t) => /^catalogue\/store\/|^crawler\//.test(t)),
    );
    expect(wrong).toEqual([]);
  });

  test('only cli.ts and config.ts read the environment', () => {
    const wrong = [...Object.keys(FLOORS), 'commands/', 'examples/']
      .flatMap(filesBelow)
      .filter((file) => readFileSync(new URL(file, root), 'utf8').includes('process.env'));
    expect(wrong).toEqual([]);
  });

  test('formats import each other never, and nothing imports a format but the registry', () => {
    const wrong = [...Object.keys(FLOORS), 'commands/', 'examples/'].flatMap(filesBelow).filter((file) => {
      const own = /^crawler\/formats\/[^/]+\//.exec(file)?.[0]; // the files of one format
      return imports(file).some((target) => target.startsWith('crawler/formats/') && !(own && target.startsWith(own)));
    });
    expect(wrong).toEqual([]);
  });
});

test('a migration is never edited: the checksum of each is noted beside it', () => {
  const folder = new URL('catalogue/store/migrations/', root);
  const line = (name: string) => `${checksumOf(readFileSync(new URL(name, folder), 'utf8'))}  ${name}`;
  const lines = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map(line);
  const noted = readFileSync(new URL('checksums', folder), 'utf8').trim().split(/\r?\n/);
  expect(
    lines.filter((l) => !noted.includes(l)),
    'undo the edit and add a new migration; the line of a new one belongs into catalogue/store/migrations/checksums',
  ).toEqual([]);
  expect(
    noted.filter((l) => !lines.includes(l)),
    'a migration that was released stays',
  ).toEqual([]);
});

const formats = await loadFormats();

const from = (file: string): string => new URL(file, root).href;

test.each([...formats.values()])('format $name is named after its file or folder and says what it is', (format) => {
  const places = [`${format.name}.ts`, `${format.name}/index.ts`].filter((place) =>
    existsSync(new URL(`crawler/formats/${place}`, root)),
  );
  expect(places).toHaveLength(1);
  expect(format.name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  expect(format.title.length).toBeGreaterThan(3);
  expect(URL.canParse(format.specification)).toBe(true);
  expect(format.mediaTypes.length).toBeGreaterThan(0);
  expect(Number.isInteger(format.version) && format.version > 0).toBe(true);
});

test('no file is above 300 lines', () => {
  const long = [...Object.keys(FLOORS), 'commands/']
    .flatMap(filesBelow)
    .filter((file) => !/vocabularies\/.*(?:labels|names)/.test(file))
    .map((file) => [file, readFileSync(new URL(file, root), 'utf8').split('\n').length - 1] as const)
    .filter(([, lines]) => lines > 300);
  expect(long).toEqual([]);
});

test('no file leads back to itself: types that several share have a home of their own', () => {
  const files = [...Object.keys(FLOORS), 'commands/'].flatMap(filesBelow);
  const targets = new Map(files.map((file) => [file, imports(file)]));
  /** Files that are being followed, and those that are known to lead to no circle. */
  const open: string[] = [];
  const done = new Set<string>();
  const circles: string[] = [];
  const follow = (file: string): void => {
    if (done.has(file)) return;
    const at = open.indexOf(file);
    if (at >= 0) {
      circles.push([...open.slice(at), file].join(' → '));
      return;
    }
    open.push(file);
    for (const target of targets.get(file) ?? []) follow(target);
    open.pop();
    done.add(file);
  };
  for (const file of files) follow(file);
  expect(circles).toEqual([]);
});

describe('one folder is one format', () => {
  /** All files below `crawler/` that a file leads to. */
  const reach = (file: string, seen = new Set<string>()): Set<string> => {
    for (const target of imports(file)) {
      if (!target.startsWith('crawler/') || seen.has(target)) continue;
      seen.add(target);
      reach(target, seen);
    }
    return seen;
  };
  const fileOf = (name: string): string => {
    const folder = existsSync(new URL(`crawler/formats/${name}/index.ts`, root));
    return `crawler/formats/${name}${folder ? '/index' : ''}.ts`;
  };
  const users = new Map([...formats.keys()].map((name) => [name, reach(fileOf(name))]));
  const usersOf = (file: string) => [...users].filter(([, files]) => files.has(file)).map(([name]) => name);
  /** Ways to get records out of bytes; a file that one format alone needs may only be one of these. */
  const TECHNIQUE = /^(?:csv|html|json(?:-ld)?|lenient-json|linked|sitemap|shelf|structured-page|text|xml)(?:[-/]|$)/;

  // Two formats or more; or none, when the harvester or a command needs it (links to standards, say).
  test.each(filesBelow('crawler/elements/'))("%s is not one format's own", (file) => {
    expect(usersOf(file)).not.toHaveLength(1);
  });

  test.each(filesBelow('crawler/decode/'))('%s serves two formats, or is a technique', (file) => {
    const name = file.slice('crawler/decode/'.length, -'.ts'.length);
    expect(usersOf(file).length).toBeGreaterThanOrEqual(1);
    expect(usersOf(file).length >= 2 || TECHNIQUE.test(name)).toBe(true);
  });

  test('no decoder and no element knows the words of a format', () => {
    const words =
      /'(?:ceterms|Course(?:Instance)?|EducationalOccupational\w+|presentation|offeringId|courseId|subjectWebpage)\b/;
    const wrong = [...filesBelow('crawler/decode/'), ...filesBelow('crawler/elements/')].filter((file) =>
      words.test(readFileSync(new URL(file, root), 'utf8')),
    );
    expect(wrong).toEqual([]);
  });

  test('the example of a format is one file of at most 200 lines: found, detected and harvested with nothing else touched', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'credatlas-format-'));
    try {
      const all = await loadFormats(new URL('examples/formats/', root));
      expect([...all.keys()]).toEqual([...formats.keys(), 'course-lines']);
      const example = readFileSync(new URL('examples/formats/course-lines.ts', root), 'utf8');
      expect(example.split('\n').length).toBeLessThanOrEqual(200);
      const body = 'COURSE-LINES 1\nk1; Netting; 3; 2027-05-01\nk2; Rowing; 2; 2027-13-45\nk3; Sculling; -2;\nk4\n';
      const path = join(folder, 'courses.txt');
      writeFileSync(path, body);
      expect(detectFormat(all, { text: body, name: 'courses.txt' })?.name).toBe('course-lines');
      const store = await openStore({});
      const crawl = await createTestCrawl(store, { formats: all });
      const source = testSource({
        id: 'sixth',
        format: 'course-lines',
        url: pathToFileURL(path).href,
        defaults: { language: 'en' },
      });
      const run = await crawl.harvest(source);
      expect(run).toMatchObject({ state: 'complete', seen: 4, created: 1, rejected: 3 });
      const [stored] = await store.read.credentials.byIds([mintCredentialId('sixth', 'k1')]);
      const { documentation } = all.get('course-lines') as NonNullable<ReturnType<typeof all.get>>;
      expect(ELEMENTS.filter((name) => stored?.record[name].state === 'stated').sort()).toEqual(
        [...documentation.elements].sort(),
      );
      expect(documentation.members).toEqual([{ of: [], read: ['title', 'credits', 'start'], kept: [] }]);
      expect(stored?.record).toMatchObject({
        title: { state: 'stated', value: [{ language: 'en', value: 'Netting' }] },
        workload: { state: 'stated', value: { ects: 3 } },
        opportunities: [{ startDate: '2027-05-01' }],
      });
      await crawl.close();
      await store.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('sources', async () => {
  const files = await readSourceFolder();
  const sources = files.map(({ definition }) => definition);
  test('stand in the folder of a country, and say with expressions that compile what is read', () => {
    for (const { definition, country } of files) {
      expect(country === 'EU' || countries.get(country), `${definition.id}: ${country}`).toBeTruthy();
      for (const name of ['include', 'exclude', 'sitemaps']) {
        const { [name]: pattern } = definition.options;
        if (pattern !== undefined) expect(() => new RegExp(String(pattern), 'i'), definition.id).not.toThrow();
      }
    }
  });
  test('have unique ids, a known format and readable terms', () => {
    expect(new Set(sources.map((s) => s.id)).size).toBe(sources.length);
    for (const source of sources) {
      expect(formats.has(source.format), `${source.id}: format ${source.format}`).toBe(true);
      // A server that has nothing else says so in the terms of its source.
      expect(source.url).toMatch(source.terms?.includes('HTTP only') ? /^http:\/\// : /^https:\/\//);
      expect(source.licence.length).toBeGreaterThan(2);
    }
  });
});

test('only the agreed folders and files stand at the root', () => {
  const allowed = new Set([
    'schema',
    'catalogue',
    'crawler',
    'subgraphs',
    'gateway',
    'commands',
    'examples',
    'test',
    'docs',
    'node_modules',
    'data',
    'cli.ts',
    'config.ts',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'biome.json',
    'knip.json',
    'vitest.config.ts',
    'docker-compose.yml',
    'Dockerfile',
    'README.md',
    'CONTRIBUTING.md',
    'DECISIONS.md',
    'CHANGELOG.md',
    'LICENSE',
  ]);
  const strange = readdirSync(root).filter((name) => !name.startsWith('.') && !allowed.has(name));
  expect(strange).toEqual([]);
});

test('the lock file names every platform package, or `npm ci` refuses it (npm leaves out what a mirror lacks)', () => {
  const { packages } = JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8')) as {
    packages: Record<string, { optionalDependencies?: Record<string, string> }>;
  };
  const absent = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`],
    ),
  );
  expect(absent).toEqual([]);
});
