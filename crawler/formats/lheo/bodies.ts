import type { LangString, ProviderReference } from '../../../schema/index.ts';
import type { Bodies, BodyFacts } from '../../elements/bodies.ts';
import { readUrl } from '../../elements/links.ts';
import { readCountry } from '../../elements/places.ts';
import type { Spot } from '../../record/spot.ts';

/** What stands where a number of a body belongs and is none: `99999999999`, `00000000000000`. */
const FILLED = /^(\d)\1+$/;

/** The number of a body at these spots, digits only; fillers and other words are none. */
function numberAt(spot: Spot, digits: number): string | undefined {
  const said = spot.said()?.replace(/\s/g, '') ?? '';
  return said.length === digits && /^\d+$/.test(said) && !FILLED.test(said) ? said : undefined;
}

interface Known {
  siret: Spot;
  names: readonly Spot[];
  numero?: Spot;
  activity?: Spot;
  uai?: Spot;
  /** `coordonnees` in which its address stands. */
  at?: Spot;
}

function factsOf({ siret, names, numero, activity, uai, at }: Known): BodyFacts {
  const number = numberAt(siret, 14);
  const declared = activity && numberAt(activity, 11);
  const own = numero?.said();
  const [first, ...others] = names.filter((one) => !one.silent);
  const address = at?.at('adresse');
  const url = at
    ?.at('web')
    .each('urlweb')
    .flatMap((one) => readUrl(one) ?? [])[0];
  const country = address && !address.at('pays').silent ? readCountry(address.at('pays')) : undefined;
  const locality = address?.at('ville').said();
  const identifier = number ? `siret:${number}` : own;
  const name: LangString[] = first?.texts() ?? [];
  return {
    ...(identifier ? { identifier } : {}),
    alternates: [own, ...others.flatMap((one) => one.texts().map(({ value }) => value))].filter(
      (one) => one !== undefined && one !== identifier && one !== name[0]?.value,
    ) as string[],
    identifiers: [
      ...(number ? [{ scheme: 'siret', value: number }] : []),
      ...(uai?.said() ? [{ scheme: 'uai', value: uai.said() as string }] : []),
      ...(declared ? [{ scheme: 'numero-activite', value: declared }] : []),
    ],
    ...(name.length ? { name } : {}),
    ...(url ? { url } : {}),
    ...(country ? { country } : {}),
    ...(locality ? { locality } : {}),
  };
}

/** Who is responsible for the offer, and who teaches it where that is another body. Neither is said to award anything. */
export function offering(record: Spot, actions: readonly Spot[], bodies: Bodies): ProviderReference[] {
  const main = record.at('organisme-formation-responsable');
  const known: Known[] = [
    {
      siret: main.at('SIRET-organisme-formation').at('SIRET'),
      names: main.each('nom-organisme', 'raison-sociale'),
      numero: main.at('@numero'),
      activity: main.at('numero-activite'),
      uai: main.at('code-UAI-organisme-formation').at('code-UAI'),
      at: main.at('coordonnees-organisme').at('coordonnees'),
    },
    // A summary says it of itself.
    { siret: record.at('SIRET'), names: record.each('nom-organisme') },
    ...actions
      .flatMap((action) => action.each('organisme-formateur'))
      .map((one) => ({ siret: one.at('SIRET-formateur').at('SIRET'), names: one.each('raison-sociale-formateur') })),
  ];
  const found = known.flatMap((one) => bodies.add(factsOf(one)) ?? []);
  return [...new Map(found.map((body) => [body.id, body])).values()];
}
