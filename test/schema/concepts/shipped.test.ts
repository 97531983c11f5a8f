import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { openConcepts } from '../../../schema/vocabularies/concepts/concepts.ts';
import {
  ConceptFileBroken,
  conceptSources,
  conceptsOf,
  SHIPPED_CONCEPTS,
} from '../../../schema/vocabularies/concepts/index.ts';
import { readTopics } from '../../../schema/vocabularies/concepts/read-topics.ts';
import { iscedF } from '../../../schema/vocabularies/index.ts';

const packed = readFileSync(SHIPPED_CONCEPTS);
const before = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
const { concepts, linker } = conceptsOf(SHIPPED_CONCEPTS)();
const table = readFileSync(new URL('../../../schema/vocabularies/concepts/topics.tsv', import.meta.url), 'utf8');
const topics = readTopics(table);

describe('the concepts that ship', () => {
  test('hold our subjects as topics.tsv has them', () => {
    const shipped = conceptSources(concepts).filter(({ kind }) => kind === 'topic');
    const plain = (all: typeof topics) =>
      all.map(({ uri, code, same = [], labels }) => ({
        uri,
        code,
        same: [...same].sort(),
        names: labels.map(({ language, text }) => `${language}:${text}`).sort(),
      }));
    const byUri = (a: { uri: string }, b: { uri: string }) => (a.uri < b.uri ? -1 : 1);
    expect(plain(shipped), 'run node commands/ship-concepts.ts --write').toEqual(plain(topics).sort(byUri));
  });

  test('say whose they are, and under which terms', () => {
    expect(concepts.facts.vocabularies.map(({ name }) => name)).toEqual(['ESCO', 'ISCED-F', 'Credatlas topics']);
    expect(concepts.facts.vocabularies[0]?.attribution).toBe(
      'This service uses the ESCO classification of the European Commission.',
    );
    for (const { version, licence, concepts: count } of concepts.facts.vocabularies) {
      expect(version && licence).toBeTruthy();
      expect(count).toBeGreaterThan(0);
    }
  });

  test('are opened within 100 MB', () => {
    setFlagsFromString('--expose-gc');
    runInNewContext('gc')();
    const { arrayBuffers, heapUsed } = process.memoryUsage();
    expect((arrayBuffers + heapUsed - before) / 1e6).toBeLessThan(100);
  });

  test.each([
    ['lasser worden', /welder|lasser/],
    ['soudure', /soud/i],
    ['tehisintellekt', /tehisintellekt/],
    ['κυκλική οικονομία', /κυκλική οικονομία/],
    ['публічні закупівлі', /публічні закупівлі/],
    ['Gabelstaplerschein', /gabelstapler/i],
  ])('are found: %s', (text, label) => {
    expect(linker.link(text)[0]?.label).toMatch(label);
  });

  test('a query takes at most a few milliseconds', () => {
    const queries = topics.flatMap(({ labels }) => labels.slice(0, 1).map(({ text }) => text)).slice(0, 200);
    const times = queries.map((text) => {
      const begun = process.cpuUsage();
      linker.link(text);
      const { user, system } = process.cpuUsage(begun);
      return (user + system) / 1000;
    });
    expect(times.sort((a, b) => a - b)[100]).toBeLessThan(6);
  });
});

describe('our subjects', () => {
  test('are at least 500, each with names in all 24 languages of the EU and Ukrainian, in their own script', () => {
    expect(topics.length).toBeGreaterThanOrEqual(500);
    const languages = table.slice(0, table.indexOf('\n')).split('\t').slice(3);
    expect(languages.join(' ')).toBe('bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv uk');
    const script = new Map([
      ['bg', /\p{sc=Cyrillic}/u],
      ['uk', /\p{sc=Cyrillic}/u],
      ['el', /\p{sc=Greek}/u],
    ]);
    for (const { uri, labels } of topics)
      for (const language of languages) {
        const own = labels.filter((label) => label.language === language);
        expect(own.length, `${uri} ${language}`).toBeGreaterThan(0);
        const wanted = script.get(language);
        if (wanted)
          expect(
            own.some(({ text }) => wanted.test(text) || /^[\p{Lu}\p{N}+#. /-]+$/u.test(text) || own.length === 1),
            `${uri} ${language}`,
          ).toBe(true);
      }
  });

  test('are in a field of ISCED-F, and mean the same only as what there is', () => {
    for (const { uri, code = '', same = [] } of topics) {
      expect(iscedF.get(code), `${uri}: ${code}`).toBeDefined();
      for (const one of same) expect(concepts.find(one), `${uri}: ${one}`).toBeDefined();
    }
  });

  test('have no name in common within a language', () => {
    const owners = new Map<string, string>();
    const twice: string[] = [];
    for (const { uri, labels } of topics)
      for (const { language, text } of labels) {
        const key = `${language}:${text.toLowerCase()}`;
        if ((owners.get(key) ?? uri) !== uri) twice.push(`${key} (${owners.get(key)}, ${uri})`);
        owners.set(key, uri);
      }
    expect(twice).toEqual([]);
  });
});

describe('a file that cannot be used is told with what to do', () => {
  const content = zstdDecompressSync(packed);
  const cases: [string, Uint8Array][] = [
    ['is none', zstdCompressSync(Buffer.from('something else\n'))],
    ['cannot be unpacked', Buffer.from('concepts')],
    ['cannot be unpacked', packed.subarray(0, packed.length / 2)],
    ['was cut off', zstdCompressSync(content.subarray(0, content.length / 2))],
    [
      'has version 0, this Credatlas reads 1',
      zstdCompressSync(Buffer.from('credatlas-concepts {"version":0,"sections":[]}\n')),
    ],
    ['does not say what is in it', zstdCompressSync(Buffer.from('credatlas-concepts {"version\n'))],
  ];
  test.each(cases)('%s', (message, bytes) => {
    const error = (() => {
      try {
        openConcepts(bytes);
      } catch (thrown) {
        return thrown;
      }
      return undefined;
    })();
    expect(error).toBeInstanceOf(ConceptFileBroken);
    expect((error as ConceptFileBroken).message).toContain(message);
    expect((error as ConceptFileBroken).remedy).toContain('credatlas vocabulary import');
  });
});
