import { readUrl } from '../../elements/links.ts';
import { placeOf, readCountry } from '../../elements/places.ts';
import { readTexts } from '../../elements/texts.ts';
import type { Format } from '../../format.ts';
import { defineJsonFormat } from '../../record/json-feed.ts';
import { tellUnread } from '../../record/shape.ts';
import { documentation } from './documentation.ts';
import { elements } from './elements.ts';
import { changedSince, cut, ended, envelope, instead, next } from './pages.ts';
import { EVENT_SHAPE, SHAPE } from './shape.ts';

/** EMIL 3 (Education Information Markup Language, SS 10700:2024) in the JSON of Susa-navet, the national hub of Sweden. */
export const emil: Format = defineJsonFormat({
  name: 'emil',
  title: 'EMIL 3 (Susa-navet)',
  specification:
    'https://www.skolverket.se/om-skolverket/webbplatser-och-tjanster/oppna-data/api-for-utbildningstillfallen-susa-navet',
  mediaTypes: ['application/json'],
  documentation,
  version: 1,
  detect: ({ text }) => {
    const start = text.trimStart();
    if (!start.startsWith('{')) return 0;
    if (/"education(?:Infos|Events|Providers)"\s*:\s*\[/.test(start)) return 0.95;
    const one = /"status"\s*:\s*"[A-Z]+"\s*,\s*"content"\s*:/.test(start);
    return one && /"identifier"\s*:\s*"[iep]\./i.test(start) ? 0.9 : 0;
  },
  lists: ['/educationInfos', '/educationEvents', '/educationProviders', ''],
  ids: ['id', 'identifier'],
  cut,
  envelope,
  ended,
  next,
  instead,
  changedSince,
  shape: SHAPE,
  partShape: EVENT_SHAPE,
  body({ main, identifier, bodies }) {
    if (main.at('name').silent || !main.at('title').silent) return false;
    const [address] = main.nodes('visitAddresses');
    const number = main.at('organisationNumber').said();
    const town =
      address && placeOf(address, { locality: address.at('town').said(), country: readCountry(address.at('country')) });
    bodies.add({
      identifier,
      name: readTexts(main.at('name')),
      identifiers: number ? [{ scheme: 'se-organisation-number', value: number }] : [],
      url: main.nodes('url').flatMap((url) => url.nodes('urls').flatMap((one) => readUrl(one.at('value')) ?? []))[0],
      country: town?.country,
      locality: town?.locality,
    });
    tellUnread(main, SHAPE);
    return true;
  },
  named: ({ main }) => ({ spot: main.at('title'), texts: readTexts(main.at('title')) }),
  elements,
});
