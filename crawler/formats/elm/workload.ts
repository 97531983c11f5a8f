import type { Credential } from '../../../schema/index.ts';
import { nqfLevelOf } from '../../../schema/vocabularies/nqf-levels.ts';
import { createLevel } from '../../elements/level.ts';
import { creditFramework, readVolume } from '../../elements/volume.ts';
import { createWorkload, isEcts, type Workload } from '../../elements/workload.ts';
import type { Spot } from '../../record/spot.ts';
import { type ConceptAt, conceptsAt, tailOf } from './concepts.ts';
import type { ElmReading } from './reading.ts';

export function workloadOf({ spec, offers }: ElmReading): Credential['workload'] {
  const load = createWorkload();
  for (const at of spec ? [spec] : offers) {
    for (const one of at.each('creditPoint')) readCredits(load, one);
    for (const one of at.each('volumeOfLearning')) readVolume(load, one);
    for (const one of at.nodes('influencedBy', 'learningActivitySpecification'))
      for (const hours of one.each('contactHour')) load.part(hours, 'contact hours');
    const longest = at.at('maximumDuration');
    if (!longest.silent && !load.has('duration') && !/^P(?:T?0[YMWDHS])+$/i.test(longest.said() ?? ''))
      load.words(longest, `≤ ${longest.said()}`);
  }
  return load.element();
}

function readCredits(load: Workload, one: Spot): void {
  const node = one.node();
  if (!node) {
    load.credits(one);
    return;
  }
  const point = node.at('point');
  const [framework] = conceptsAt(node, 'framework');
  const unit = framework && unitOf(framework);
  if (framework && unit === undefined) framework.spot.note('unknown-code');
  load.credits(point, unit);
}

/** The scheme of credits; addresses that are not in the EU's list are made up by feeds, and say a name in their last part. */
function unitOf({ uri = '', texts }: ConceptAt): string | undefined {
  const known = creditFramework(uri);
  if (known) return known;
  const [named] = texts;
  if (named) return named.value;
  const tail = tailOf(uri);
  return isEcts(tail) ? 'ECTS' : undefined;
}

/** The level of the EQF and of the national framework, each as it is stated: the one is not worked out from the other's number. */
export function levelOf(reading: ElmReading): Credential['level'] {
  const level = createLevel(reading);
  const { spec, offers } = reading;
  for (const at of spec ? [spec] : offers) {
    for (const { spot, uri, texts } of conceptsAt(at, 'EQFLevel'))
      if (uri) level.eqf(spot.with(uri));
      else level.words(spot, { framework: 'EQF' }, texts);
    for (const { spot, uri, texts } of conceptsAt(at, 'NQFLevel')) {
      const known = uri && nqfLevelOf(uri);
      if (known) level.nqf(spot, { ...known, label: texts[0]?.value ?? `${known.framework} Level ${known.level}` });
      else if (texts.length) level.words(spot, {}, texts);
      else spot.note('unresolved-reference');
    }
    for (const { spot, uri, texts } of conceptsAt(at, 'educationLevel'))
      if (texts.length) level.words(spot, uri ? { uris: [uri] } : {}, texts);
      else spot.note('unresolved-reference');
  }
  return level.element();
}
