import { type Credential, type LangString, notStated, stated } from '../../../schema/index.ts';
import { webUrl } from '../../../schema/parse/url.ts';
import { readDate } from '../../elements/dates.ts';
import { joinTexts } from '../../elements/texts.ts';
import type { Spot } from '../../record/spot.ts';
import { entriesAt, wordsOf } from './entries.ts';
import { lastPart } from './terms.ts';
import { creditsInWords } from './workload.ts';

const STATUS = /^(ceased|deprecated|suspended|superseded|probationary|teachout|ceasing|developing)$/i;

/** What has no element of its own. `pace`: words of the record itself about how fast one learns. */
export function furtherOf(main: Spot, pace: readonly string[]): Credential['furtherInformation'] {
  const texts: LangString[] = [];
  let path: string | undefined;
  const add = (spot: Spot, said: readonly LangString[]): void => {
    if (said.length) path ??= spot.path;
    texts.push(...said);
  };
  const label = (name: string, spot: Spot, said: readonly LangString[] = spot.texts()): void =>
    add(
      spot,
      said.map((text) => ({ ...text, value: `${name}: ${text.value}` })),
    );
  add(main.at('content'), main.at('content').texts());
  label('keyword', main.at('keyword'));
  for (const at of main.nodes('renewal'))
    label(
      'renewal',
      at,
      ['description', 'name', 'condition'].flatMap((name) => at.at(name).texts()),
    );
  for (const one of main.each('availableAt')) label('availableAt', one, placeInWords(one));
  for (const name of ['dateEffective', 'expirationDate']) {
    const date = readDate(main.at(name));
    if (date) add(main.at(name), [{ language: 'zxx', value: `${name}: ${date}` }]);
  }
  for (const entry of entriesAt(main, 'lifeCycleStatusType', 'credentialStatusType')) {
    const name = lastPart(entry.term ?? wordsOf(entry)[0]?.value ?? '');
    if (!STATUS.test(name)) continue;
    entry.spot.note('not-active', 'take the record out of the feed when it is no longer awarded', name);
    add(entry.spot, [{ language: 'en', value: `Status: ${name}` }]);
  }
  const unit = main.at('creditUnitTypeDescription');
  if (!creditsInWords(main)) label('credits', unit);
  const timing = main.first('scheduleTimingType', 'scheduleFrequencyType', 'deliveryType', 'learningDeliveryType');
  if (pace.length) add(timing, [{ language: 'und', value: `pace: ${pace.join(', ')}` }]);
  const renewal = main.at('renewalFrequency');
  const places = main.each('availableOnlineAt', 'availabilityListing');
  const links = places.flatMap((one) => webUrl(one.said()) ?? []);
  const validity = renewal.said();
  if (!texts.length && !links.length && validity === undefined) return notStated();
  return stated(
    { ...(texts.length ? { text: joinTexts(texts) } : {}), links, ...(validity === undefined ? {} : { validity }) },
    path ?? (validity === undefined ? places[0]?.path : renewal.path) ?? '',
  );
}

/** Where the record as a whole can be pursued: name, town and region. */
function placeInWords(one: Spot): LangString[] {
  const node = one.node();
  if (!node) return one.texts().slice(0, 1);
  const address = node.nodes('address')[0] ?? node;
  const named = [node.at('name'), address.at('addressLocality'), address.at('addressRegion')].flatMap(
    (spot) => spot.texts()[0] ?? [],
  );
  const value = [...new Set(named.map((text) => text.value))].join(', ');
  return value ? [{ language: named[0]?.language ?? 'und', value }] : [];
}
