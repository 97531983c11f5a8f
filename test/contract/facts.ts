import type { Credential, Problem } from '../../schema/index.ts';

export type Fact = string | number | readonly string[] | undefined;

/**
 * What a record says, in one flat table that is the same for all formats: a format may put a price, a mode or a duration on the
 * credential or on its run, as its specification has it, and both count. Lists are sorted, but for outcomes.
 *
 * `eqf`, `ects`, `hours` are what is stated; what a rule makes of it stands under `….derived`.
 */
export function factsOf(record: Credential): Record<string, Fact> {
  const { level, workload, opportunities: runs } = record;
  const run = runs[0];
  const texts = (list: readonly { value: string }[] | undefined) => list?.map(({ value }) => value) ?? [];
  const prices = [...(record.costs.value ?? []), ...runs.flatMap(({ prices }) => prices ?? [])];
  const numbers = (name: 'ects' | 'ectsMax' | 'hours' | 'hoursMax') => workload.value?.[name];
  const derivedLevel = level.state === 'derived' ? level.value : level.derived?.value;
  const statedLevel = level.state === 'stated' ? level.value : undefined;
  const derivedLoad = workload.state === 'derived' ? workload.value : workload.derived?.value;
  const nqf = level.value?.nqf;
  const own = workload.state === 'derived' ? {} : (workload.value ?? {});
  return {
    title: texts(record.title.value),
    languagesOfTitle: sorted(record.title.value?.map(({ language }) => language)),
    description: texts(record.description.value),
    'level.state': level.state,
    eqf: statedLevel?.eqf,
    'eqf.derived': derivedLevel?.eqf,
    cycle: statedLevel?.cycle ?? derivedLevel?.cycle,
    nqf: nqf && [nqf.framework, nqf.level].filter(Boolean).join(' '),
    'level.text': texts(level.value?.text),
    'workload.state': workload.state,
    ects: workload.state === 'derived' ? undefined : numbers('ects'),
    ectsMax: own.ectsMax,
    hours: own.hours ?? runs.find(({ hours }) => hours !== undefined)?.hours,
    hoursMax: own.hoursMax,
    'hours.derived': derivedLoad?.hours,
    duration: own.duration ?? runs.find(({ duration }) => duration)?.duration,
    durationText: own.durationText ?? runs.find(({ durationText }) => durationText)?.durationText,
    credits: sorted(
      own.credits?.map(({ scheme, value }) => [scheme, value].filter((part) => part !== undefined).join(' ')),
    ),
    prices: sorted(
      prices.flatMap(({ amount, currency, audience }) =>
        amount === undefined
          ? []
          : [[amount, currency, audience && `(${audience})`].filter((part) => part !== undefined).join(' ')],
      ),
    ),
    amounts: sorted(
      prices.flatMap(({ amount, currency }) =>
        amount === undefined ? [] : [[amount, currency].filter((part) => part !== undefined).join(' ')],
      ),
    ),
    outcomes: record.learningOutcomes.value?.map(({ text }) => text.map(({ value }) => value).join(' / ')) ?? [],
    modes: sorted([
      ...(record.participation.value?.codes ?? []),
      ...runs.flatMap(({ participation }) => participation ?? []),
    ]),
    'modes.text': sorted([
      ...texts(record.participation.value?.text),
      ...runs.flatMap(({ participationText }) => participationText ?? []),
    ]),
    // "Full Time" and "full-time" are one.
    pace: run?.pace?.toLowerCase().replaceAll('-', ' '),
    assessment: sorted(record.assessment.value?.codes),
    languages: sorted([...(record.languages.value ?? []), ...runs.flatMap(({ languages }) => languages ?? [])]),
    start: run?.startDate,
    startText: run?.startText,
    end: run?.endDate,
    deadline: run?.applicationDeadline,
    runs: runs.length,
    venue: run?.place,
    locality: run?.locality,
    'run.country': run?.country,
    country: record.issuerCountry.value?.country,
    awarding: sorted(record.awardingBody.value?.flatMap(({ name }) => texts(name))),
    offeredBy: sorted(record.offeredBy.value?.flatMap(({ name }) => texts(name))),
    kind: record.kind.value?.code,
    targetGroup: sorted(record.targetGroup.value?.codes),
    prerequisites: texts(record.prerequisites.value),
    fields: sorted(record.fields.value?.flatMap(({ isced }) => isced ?? [])),
    relations: sorted(record.relations.map(({ type, target }) => `${type} ${target}`)),
    stackability: record.stackability.value?.code,
    qualityAssurance: sorted(record.qualityAssurance.value?.kinds),
    claims: sorted(
      record.qualityAssurance.value?.claims.flatMap(({ name, text }) => [...(name ? [name] : []), ...texts(text)]),
    ),
    funding: texts(record.funding.value),
    supervision: record.supervision.value?.code,
    grade: texts(record.grade.value?.scheme),
    validity: record.furtherInformation.value?.validity,
    further: texts(record.furtherInformation.value?.text),
    url: record.url,
  };
}

const sorted = (list: readonly string[] | undefined): string[] => [...new Set(list ?? [])].sort();

const plain = (text: string): string => text.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();

/** All the texts of a record that a reader can see, in one. */
export const wordsOf = (record: Credential): string => {
  const out: string[] = [];
  const walk = (value: unknown, key: string): void => {
    if (/^(?:id|path|rule|source|publicId)$/.test(key)) return;
    if (typeof value === 'string' || typeof value === 'number') out.push(plain(String(value)));
    else if (typeof value === 'object' && value !== null)
      for (const [name, member] of Object.entries(value)) walk(member, name);
  };
  walk({ ...record, learner: undefined, conformance: undefined, identifier: undefined, title: undefined }, '');
  return out.join('\n');
};

/** Whether the record carries the words. */
export const keeps = (record: Credential, words: string): boolean => wordsOf(record).includes(plain(words));

/** Whether the record carries the words, or a problem names them. */
export const tells = (record: Credential, problems: readonly Problem[], words: string): boolean =>
  keeps(record, words) || problems.some(({ found }) => plain(found).includes(plain(words).slice(0, 150)));

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Whether a fact is what is wanted: `null` wants nothing to be there; lists are compared without their order, outcomes with it. */
export function isFact(name: string, fact: Fact, wanted: string | number | readonly string[] | null): boolean {
  if (wanted === null) return fact === undefined || (Array.isArray(fact) && fact.length === 0);
  if (Array.isArray(wanted) && Array.isArray(fact))
    return name === 'outcomes' ? same(fact, wanted) : same([...fact].sort(), [...wanted].sort());
  if (Array.isArray(fact)) return fact.length === 1 && fact[0] === wanted;
  return fact === wanted;
}

/** Whether a fact is, or among other things has, what must not be. */
export const hasFact = (fact: Fact, refused: string | number | readonly string[]): boolean =>
  (Array.isArray(refused) ? refused : [refused]).some((one) =>
    Array.isArray(fact) ? fact.includes(one as string) : fact === one,
  );
