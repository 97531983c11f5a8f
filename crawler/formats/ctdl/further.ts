import { type Credential, type LangString, notStated, stated } from '../../../schema/index.ts';
import { webUrl } from '../../../schema/parse/url.ts';
import { readDate } from '../../elements/dates.ts';
import { joinTexts } from '../../elements/texts.ts';
import type { Spot } from '../../record/spot.ts';
import { entriesAt, wordsOf } from './entries.ts';
import { type Place, placeInWords } from './places.ts';
import { lastPart } from './terms.ts';
import { creditsInWords } from './workload.ts';

const STATUS = /^(ceased|deprecated|suspended|superseded|probationary|teachout|ceasing|developing)$/i;

/** What has no element of its own: places and pace of the record itself (those of a run stand with the run), keywords, status. */
export function furtherOf(
  main: Spot,
  places: readonly Place[],
  pace: readonly string[],
): Credential['furtherInformation'] {
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
  for (const place of places) label('availableAt', place.spot, placeInWords(place));
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
  const pages = main.each('availableOnlineAt', 'availabilityListing');
  const links = pages.flatMap((one) => webUrl(one.said()) ?? []);
  const validity = renewal.said();
  if (!texts.length && !links.length && validity === undefined) return notStated();
  return stated(
    { ...(texts.length ? { text: joinTexts(texts) } : {}), links, ...(validity === undefined ? {} : { validity }) },
    path ?? (validity === undefined ? pages[0]?.path : renewal.path) ?? '',
  );
}
