import type { StoredSource } from '../../catalogue/catalogue.ts';
import type { SourceFile } from '../../catalogue/source-switch.ts';
import { testSource } from '../support/crawl.ts';

const SINCE = '2026-11-20T04:05:06.000Z';
const HOSTILE = '<script>alert(1)</script>';

const file = (id: string, more: object = {}, country = 'NL'): SourceFile => ({
  definition: testSource({
    id,
    title: `Register ${id}`,
    format: 'ooapi',
    url: `https://${id}.example/`,
    schedule: '0 3 * * *',
    ...more,
  }),
  country,
});

/** A source of every state that there is, and what it is to be called. */
export const STATES: readonly [string, Partial<StoredSource>, SourceFile, RegExp][] = [
  ['fine', { state: 'ok', freshAt: SINCE, records: 1234 }, file('fine'), /^in order$/],
  ['new', {}, file('new'), /^never read$/],
  ['off', { state: 'ok', freshAt: SINCE, switched: false }, file('off'), /^in order off: switched off$/],
  [
    'unproven',
    {},
    file('unproven', { enabled: false, disabledBecause: `needs an agreement ${HOSTILE}` }),
    /^never read off: needs an agreement &lt;script/,
  ],
  ['no-time', {}, file('no-time', { schedule: undefined }), /^never read off: it has no schedule until/],
  [
    'held',
    {
      state: 'held',
      freshAt: SINCE,
      hold: { run: 'r', kind: 'shrunk', reason: '60 of 100 would go', count: 60, identifiers: [], since: SINCE },
    },
    file('held'),
    /^held since 2026-11-20, waits for the operator: 60 of 100 would go$/,
  ],
  ['broken', { state: 'broken', stateSince: SINCE }, file('broken'), /^could not be read to its end since 2026-11-20$/],
  [
    'paused',
    { paused: { since: SINCE, until: '2027-01-02T00:00:00.000Z', reason: 'they move house' } },
    file('paused'),
    /^paused until 2027-01-02: they move house$/,
  ],
  ['retired', { retired: { since: SINCE, reason: 'closed' } }, file('retired'), /^taken out on 2026-11-20: closed$/],
  [
    'vanished',
    { vanished: { since: SINCE } },
    file('vanished'),
    /^not named by its manifest any more since 2026-11-20$/,
  ],
];

export const storedStates = (): StoredSource[] =>
  STATES.map(([, more, { definition }]) => ({ definition, records: 0, state: 'new', ...more }));

/** A folder of many sources, with texts as long as they may be. */
export const manyFiles = (n: number): SourceFile[] =>
  Array.from({ length: n }, (_, k) =>
    file(
      `ee-register-of-all-micro-credentials-${String(k).padStart(4, '0')}`,
      {
        title: `Micro-credentials of the University of Applied Sciences number ${k}, all faculties and the continuing education centre`,
        homepage: `https://university-${k}.example/`,
        licence: k % 3 ? 'CC-BY-4.0' : 'https://creativecommons.org/licenses/by-nc-sa/4.0/legalcode.en',
        ...(k % 2
          ? { enabled: false, disabledBecause: 'the endpoint is not proven: nobody has seen it answer without a key' }
          : {}),
      },
      k % 5 ? 'EE' : 'EU',
    ),
  );
