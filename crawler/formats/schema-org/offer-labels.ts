import type { Price } from '../../../schema/index.ts';
import { isPartOfPrice } from '../../elements/price-parts.ts';
import type { Spot } from '../../record/spot.ts';
import { isThing, wordsAt } from './words.ts';

/** One statement of a price: an offer, or a specification in it. */
export interface Ask {
  spot: Spot;
  offer: Spot;
}

/** Words of a name that say what or when and not who: "Early bird ticket", "Kursgebühr". */
const NOT_WHO = new Set(
  (
    'course courses program programme custom tuition registration enrolment enrollment participation attendance workshop seminar training class full normal standard regular basic premium early bird late last minute ' +
    'advance online onsite in person live virtual hybrid recording exam examination certificate certification assessment material materials book lunch dinner accommodation fee fees price prices cost costs ticket ' +
    'tickets admission rate rates offer package option the of a for and with incl including excl vat no ' +
    'kurs kursgebühr gebühr gebühren preis preise normalpreis frühbucher frühbucherpreis teilnahmegebühr prüfung prüfungsgebühr zertifikat tarif tarifs prix frais inscription plein normal examen certificat le la les des ' +
    'prijs kosten standaard vroegboek cursus precio tarifa matrícula curso prezzo quota iscrizione corso preço taxa hinta maksu avgift pris hind tasu cena opłata'
  ).split(' '),
);

/** What tells an ask from the others: for whom it is, else its name, region and dates. */
interface Traits {
  who?: string | undefined;
  name?: string | undefined;
  region?: string | undefined;
  dates?: string | undefined;
  note?: string | undefined;
}

/** The labels of all asks of one course or run: what tells each from its siblings, and what is said of it. */
export function tellingLabels(asks: readonly Ask[], node: Spot): Map<Ask, Pick<Price, 'audience' | 'text'>> {
  const title = wordsAt(node.at('name'))?.toLowerCase();
  const all = asks.map((ask) => ({ ask, traits: traitsOf(ask, title) }));
  const tells = (key: keyof Traits): boolean => new Set(all.map(({ traits }) => traits[key])).size > 1;
  const [names, regions, dates] = [tells('name'), tells('region'), tells('dates')];
  return new Map(
    all.map(({ ask, traits }) => {
      const { who, name, note } = traits;
      const region = regions ? traits.region : undefined;
      const named = name !== undefined && names && isWho(name) ? name : undefined;
      const audience = [who ?? named, region].filter(Boolean).join(', ');
      const text = [
        name === undefined || audience.includes(name) ? undefined : name,
        dates ? traits.dates : undefined,
        note,
      ]
        .filter(Boolean)
        .join(', ');
      return [ask, { ...(audience ? { audience } : {}), ...(text ? { text } : {}) }];
    }),
  );
}

function traitsOf({ spot, offer }: Ask, title: string | undefined): Traits {
  const both = spot === offer ? [spot] : [spot, offer];
  const first = (read: (one: Spot) => string | undefined): string | undefined => both.map(read).find(Boolean);
  // A category may say for whom an offer is ("In-state"), unless it is one of how much it costs.
  const category = short(wordsAt(offer.at('category')));
  const name =
    first((one) => short(wordsAt(one.at('name')))) ?? (category && !COST.test(category) ? category : undefined);
  return {
    who: first((one) =>
      short(joined([...one.each('eligibleCustomerType'), ...one.each('audience')].flatMap(peopleAt))),
    ),
    name: name?.toLowerCase() === title ? undefined : name,
    region: first((one) =>
      short(joined(one.each('eligibleRegion').flatMap((region) => localName(wordsAt(region)) ?? []))),
    ),
    dates: first(datesAt),
    note: first((one) => short(wordsAt(one.at('description')))),
  };
}

const COST = /^(?:partially )?(?:free|paid)$|^subscription$/i;
const MOST = 100;
const short = (text: string | undefined): string | undefined => (text && text.length <= MOST ? text : undefined);
const joined = (parts: readonly string[]): string => [...new Set(parts)].join(', ');

/** The end of an address that names an entry of a list; other words as they are. */
const localName = (text: string | undefined): string | undefined =>
  text && /^https?:\/\/\S+$/.test(text) ? text.split(/[#/]/).filter(Boolean).at(-1) : text;

/** For whom: words, an entry of BusinessEntityType, or an Audience. */
function peopleAt(spot: Spot): string[] {
  const who = localName(wordsAt(isThing(spot) ? spot.first('audienceType', 'educationalRole', 'name', '@id') : spot));
  return who ? [who] : [];
}

const isWho = (name: string): boolean =>
  !isPartOfPrice(name) &&
  name
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .some((word) => word && !NOT_WHO.has(word));

function datesAt(spot: Spot): string | undefined {
  const from = spot.at('validFrom').said();
  const until = spot.first('validThrough', 'priceValidUntil').said();
  return [from && `from ${from}`, until && `until ${until}`].filter(Boolean).join(' ') || undefined;
}
