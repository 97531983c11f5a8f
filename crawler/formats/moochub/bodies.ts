import { type CredentialDraft, type ProviderReference, statedIf } from '../../../schema/index.ts';
import { defaultCountry } from '../../elements/bodies.ts';
import { readUrl } from '../../elements/links.ts';
import { derivedBy } from '../../problems/derivations.ts';
import type { RecordReading } from '../../record/define-format.ts';
import type { Spot } from '../../record/spot.ts';

/** Who runs the platform; openHPI leaves the member of v2 beside that of v3. */
const PLATFORM = ['publisher', 'moocProvider'];
/** "Partner institutes" of v2 are contributors in v3. */
const PARTNERS = ['contributor', 'partnerInstitutes', 'partnerInstitute'];

/**
 * The platform and its partners offer a course. No member says who awards: the organisations that created it, else the partners (v2),
 * else the platform are taken for that, derived. Persons among them have left before.
 */
export function bodiesOf({ main, source, bodies }: RecordReading): Partial<CredentialDraft> {
  const read = (...names: string[]) => {
    const all = main.each(...names).map((one) => ({ path: one.path, body: add(one) }));
    return all.filter((one): one is { path: string; body: ProviderReference } => one.body !== undefined);
  };
  const add = (one: Spot): ProviderReference | undefined => {
    if (!one.node()) return bodies.add({ name: one.texts() });
    const url = readUrl(one.first('url', 'identifier'));
    return bodies.add({
      identifier: url,
      url,
      name: one.at('name').texts(),
      description: one.at('description').texts(),
    });
  };
  const platform = read(PLATFORM.find((name) => !main.at(name).silent) ?? 'publisher');
  const partners = read(...PARTNERS);
  const creators = read('creator');
  const offering = [...platform, ...partners];
  const [awarding = []] = [creators, main.at('publisher').silent ? partners : [], platform].filter((all) => all.length);
  const fallback = bodies.defaultAwardingBody();
  return {
    offeredBy: statedIf(distinct(offering), offering[0]?.path ?? ''),
    awardingBody:
      fallback.value || !awarding[0] ? fallback : derivedBy(distinct(awarding), awarding[0].path, 'moochub-creator'),
    issuerCountry: defaultCountry(source),
  };
}

const distinct = (all: readonly { body: ProviderReference }[]): ProviderReference[] => [
  ...new Map(all.map(({ body }) => [body.id, body])).values(),
];
