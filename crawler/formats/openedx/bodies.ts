import { type CredentialDraft, type ProviderReference, statedIf } from '../../../schema/index.ts';
import { type BodyFacts, defaultCountry } from '../../elements/bodies.ts';
import { readUrl } from '../../elements/links.ts';
import { derivedBy } from '../../problems/derivations.ts';
import type { RecordReading } from '../../record/define-format.ts';
import type { Spot } from '../../record/spot.ts';
import type { Answer } from './answers.ts';

/** Owners, organisations, partners offer a course; no API says who awards, so they are taken for it. */
export function bodiesOf({ main, parts, bodies, source }: RecordReading, answer: Answer): Partial<CredentialDraft> {
  const partners = new Map(parts.map((part) => [part.at('id').said(), part]));
  const found = answer.bodies.flatMap((name) => {
    const spots = main.each(name);
    return spots.flatMap((spot): { path: string; body: ProviderReference }[] => {
      const node = name === 'partnerIds' ? partners.get(spot.said()) : spot.node();
      const facts = node ? factsOf(node) : name === 'partnerIds' ? { identifier: spot.said() } : { name: spot.texts() };
      const body = name === 'sponsors' ? undefined : bodies.add(facts as BodyFacts);
      return body ? [{ path: (node ?? spot).path, body }] : [];
    });
  });
  const [first] = found;
  const all = [...new Map(found.map(({ body }) => [body.id, body])).values()];
  const fallback = bodies.defaultAwardingBody();
  return {
    offeredBy: statedIf(all.length ? all : undefined, first?.path ?? ''),
    awardingBody: fallback.value || !first ? fallback : derivedBy(all, first.path, 'provider-as-awarding-body'),
    issuerCountry: defaultCountry(source),
  };
}

const factsOf = (node: Spot): BodyFacts => {
  const url = readUrl(node.at('links').node()?.at('website') ?? node.first('url', 'marketing_url'));
  const name = node.first('name', 'display_name').texts();
  // A page of the platform is no address of the body.
  const own = node.at('url').silent && node.at('links').silent ? undefined : url;
  return {
    identifier: node.first('uuid', 'key', 'id').said() ?? own,
    name,
    description: node.at('description').texts(),
    url: own,
  };
};
