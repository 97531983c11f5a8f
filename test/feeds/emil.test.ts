import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { isFault, type RawRecord } from '../../crawler/format.ts';
import { emil as unguarded } from '../../crawler/formats/emil/index.ts';
import { behindDoor } from '../../crawler/persons/format-door.ts';
import { Credential, type Provider } from '../../schema/index.ts';
import { factsOf, isFact } from '../contract/facts.ts';
import { suiteSource } from '../contract/format-suite.ts';
import { normalisedOf, readFeed } from '../contract/read-feed.ts';

/** As the registry gives it. */
const emil = behindDoor(unguarded);

const FEEDS = new URL('../../../shared/feeds/emil/emil3-fixtures-fuzzymcp/', import.meta.url);
const FILES = ['educationInfos', 'educationEvents', 'educationProviders', 'educationInfo', 'educationEvent'];
const source = suiteSource('emil', 'https://hub.example/emil3/educationInfos');

describe.skipIf(FILES.some((name) => !existsSync(new URL(`${name}.json`, FEEDS))))(
  'answers of Susa-navet (needs ../shared/feeds)',
  () => {
    const records: RawRecord[] = [];
    const counts: Record<string, number> = {};
    const gone: string[] = [];
    let credentials: Map<string, Credential>;
    let providers: Provider[];

    beforeAll(async () => {
      for (const name of FILES) {
        const feed = {
          body: readFileSync(new URL(`${name}.json`, FEEDS)),
          url: `https://hub.example/emil3/${name}`,
          mediaType: 'application/json',
        };
        const reading = await readFeed(emil, feed, { source });
        expect(reading.broken).toBeUndefined();
        expect(reading.faults.filter(({ rejection }) => rejection.rule !== 'paging').filter(isFault)).toEqual([]);
        counts[name] = reading.records.length;
        gone.push(...reading.gone);
        // The full answer of one event is newer than its line in the list.
        for (const record of reading.records) {
          const at = records.findIndex((one) => one.identifier === record.identifier && one.part === record.part);
          if (at >= 0) records.splice(at, 1);
          records.push(record);
        }
      }
      // The educations of two events are not in the samples: their events stand on a title of our own.
      const parents = new Set(records.filter(({ part }) => part === undefined).map(({ identifier }) => identifier));
      for (const { identifier, part } of [...records])
        if (part && identifier && !parents.has(identifier))
          records.push({
            identifier,
            path: '',
            raw: { identifier, title: { strings: [{ lang: 'swe', value: identifier }] } },
          });
      const results = [...normalisedOf(emil, source, records)];
      credentials = new Map(
        results.flatMap(([id, one]) => ('credential' in one && one.credential ? [[id, one.credential]] : [])),
      );
      providers = results.flatMap(([, one]) => ('providers' in one ? one.providers : []));
    });

    test('counts: two educations, four events of which one is gone, two providers; each a valid record', () => {
      expect(counts).toEqual({
        educationInfos: 2,
        educationEvents: 3,
        educationProviders: 2,
        educationInfo: 1,
        educationEvent: 1,
      });
      expect(gone).toEqual(['#event:e.sv.deleted.1']);
      for (const one of credentials.values()) Credential.parse(one);
      expect(providers.flatMap(({ name }) => name?.[0]?.value ?? []).sort()).toEqual([
        'Kungliga Tekniska högskolan',
        'Timrå folkhögskola',
      ]);
    });

    const UU = 'i.uoh.uu.1te686.14483.20242';
    const YH = 'i.sv.yh.ytpl.20252';
    const KTH = 'i.uoh.kth.dd1420.60090.20251';
    const FHS = 'i.sv.fhs.allm';

    test.each<[string, string, string | number | readonly string[] | null]>([
      [UU, 'title', ['Electronics for Engineers', 'Elektronik för ingenjörer']],
      [UU, 'ects', 7.5],
      [UU, 'duration', 'P10W'],
      [UU, 'kind', 'course'],
      [UU, 'nqf', 'SeQF 6'],
      [UU, 'eqf.derived', 6],
      [UU, 'fields', ['0714']],
      [UU, 'prerequisites', ['Grundläggande behörighet samt Matematik 3c']],
      [UU, 'url', 'https://www.uu.se/en/1TE686'],
      // Not said, although it is easily read into it.
      [UU, 'eqf', null],
      [UU, 'cycle', null],
      [UU, 'hours', null],
      [UU, 'outcomes', null],
      [UU, 'country', null],
      [YH, 'credits', ['yh 400']],
      [YH, 'level.text', ['ISCED_5']],
      [YH, 'kind', 'programme'],
      [YH, 'ects', null],
      [YH, 'eqf.derived', null],
      [YH, 'modes', ['blended']],
      [YH, 'pace', '100 %'],
      [YH, 'deadline', '2025-04-15'],
      [KTH, 'amounts', ['65000 SEK']],
      [KTH, 'start', '2025-01-20'],
      [KTH, 'end', '2025-06-08'],
      [KTH, 'modes', ['blended']],
      [KTH, 'modes.text', ['Två obligatoriska träffar på campus']],
      [KTH, 'pace', '50 %, dag'],
      [KTH, 'venue', 'KTH Campus, Brinellvägen 8, Stockholm'],
      [KTH, 'languages', ['en', 'sv']],
      [FHS, 'runs', 1],
      [FHS, 'end', null],
      [FHS, 'modes', null],
      [FHS, 'amounts', null],
    ])('%s: %s', (id, fact, wanted) => {
      const found = factsOf(credentials.get(id) as Credential)[fact];
      expect(isFact(fact, found, wanted as never), JSON.stringify(found)).toBe(true);
    });

    test('who examines awards; a cancelled event says so; no fee without currency is a price', () => {
      expect(credentials.get(KTH)?.awardingBody.state).toBe('stated');
      expect(credentials.get(YH)?.awardingBody).toMatchObject({
        state: 'derived',
        origin: { rule: 'emil-provider-awards' },
      });
      expect(credentials.get(FHS)?.opportunities[0]?.status).toBe('cancelled');
      expect(credentials.get(KTH)?.opportunities[0]?.prices).toHaveLength(1);
      expect(JSON.stringify(records)).not.toContain('antagning@');
    });
  },
);
