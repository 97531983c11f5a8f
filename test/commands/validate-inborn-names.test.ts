import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { SPECIMENS } from '../crawler/inborn-specimens.ts';
import { runCli, temporaryFolder } from '../support/cli.ts';
import { INBORN } from '../support/inborn-names.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const CSV = `identifier,title,level,mode,kind,target_group,language_of_instruction,country,currency,price,__proto__,constructor,title:toString
c1,Weaving,MSc,online,badge,teachers,en,NL,EUR,10,x,y,z
c2,Untouched,MSc,online,badge,teachers,en,NL,EUR,10,,,
`;

/** Words of each specimen that stand in its first record, where codes, keys, types, prefixes and languages belong. */
const WORDS: Record<string, [file: string, text: string, words: string[]]> = {
  csv: ['evil.csv', CSV, ['MSc', 'online', 'badge', 'teachers', ',en,', 'NL', 'EUR', '10']],
  ooapi: specimen(
    'ooapi',
    'identifier bachelor certificate online nld ects 0213 oral_test euroteq stackable brin visit tuition EUR hybrid full-time',
  ),
  ctdl: specimen(
    'ctdl',
    'deliveryType:OnlineOnly deliveryType:InPerson "A" usdollar costType:Tuition https://x.example/levels',
  ),
  'schema-org': specimen('schema-org', '"@id":"own onsite mooc hybrid DQR ECTS https://schema.org/True hasPart online'),
  'xcri-cap': specimen('xcri-cap', 'Certificate t:aim t:learningOutcome PT ON >en< GBP'),
};

function specimen(format: string, words: string): [string, string, string[]] {
  const [file = '', text = ''] = SPECIMENS.get(format)?.[0] ?? [];
  return [file, text, words.split(' ').map((word) => word.replace('usdollar', 'us dollar'))];
}

const untouched = (stdout: string) =>
  stdout
    .split('\n')
    .filter((line) => line.startsWith('{"record"'))
    .map((line) => JSON.parse(line).record)
    .filter((record) => record.title.value[0].value === 'Untouched');

test.each(Object.entries(WORDS))(
  'credatlas validate, %s: inborn names are unknown words, and the other records are as before',
  async (format, [file, text, words]) => {
    // Once with the name that is found in small letters too, once with all of them.
    const evil = [['constructor'], INBORN].map((names) =>
      words.reduce((body, word, n) => {
        expect(body, word).toContain(word);
        return body.replace(word, word.replace(/[^":<>,]+(?=\W*$)/, names[n % names.length] as string));
      }, text),
    );
    const [before, ...after] = await Promise.all(
      [text, ...evil].map((body, n) => {
        const path = join(folder.path, format, `${n}`, file);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, body);
        return runCli(['validate', path, '--json', '--format', format], { DATA_DIR: join(folder.path, 'data') });
      }),
    );
    if (!before) throw new Error('not run');
    expect(before.code).toBe(0);
    expect(untouched(before.stdout)).toHaveLength(1);
    for (const run of after) {
      expect([0, 1]).toContain(run.code);
      expect(run.stdout + run.stderr).not.toMatch(/native code|normaliser-failed|record-invalid|\.ts:\d+/);
      expect(run.last()).toMatchObject({ summary: { format, complete: true } });
      expect(untouched(run.stdout)).toEqual(untouched(before.stdout));
    }
  },
  60_000,
);
