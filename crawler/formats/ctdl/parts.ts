import { type CredentialDraft, type Element, notStated } from '../../../schema/index.ts';
import { saidBy } from '../../elements/runs.ts';
import { textElement } from '../../elements/texts.ts';
import { tellUnread } from '../../record/shape.ts';
import { bodiesOf } from './bodies.ts';
import { pricesOf } from './costs.ts';
import { learningOutcomesOf } from './elements.ts';
import type { CtdlReading } from './entries.ts';
import { runsOf } from './runs.ts';
import { SHAPE } from './shape.ts';
import { workloadOf } from './workload.ts';

/** Further statements about the same record: what the main one lacks is filled in, their runs are added, contradictions are reported. */
export function addParts(draft: CredentialDraft, reading: CtdlReading): void {
  const runs = draft.opportunities ?? [];
  const known = new Set(runs.map((run) => run.id || saidBy(run)));
  for (const main of reading.parts) {
    const part: CtdlReading = { ...reading, main, toEarn: [], toEnter: [], required: [] };
    for (const run of runsOf(part, pricesOf(main))) {
      const own = run.id || saidBy(run);
      if (!known.has(own)) runs.push(run);
      known.add(own);
    }
    fill(draft, 'learningOutcomes', learningOutcomesOf(part));
    const workload = workloadOf(part);
    const ects = draft.workload?.value?.ects;
    if (!fill(draft, 'workload', workload) && workload.value?.ects !== undefined && workload.value.ects !== ects)
      part.notes.add(
        workload.origin?.path ?? '',
        'contradiction',
        `${workload.value.ects} ECTS here, ${ects} in the main record`,
      );
    fill(draft, 'description', textElement(main.at('description'), main.at('summary')));
    const { awardingBody = notStated(), offeredBy } = bodiesOf(part);
    if (draft.offeredBy?.state !== 'stated' && offeredBy) draft.offeredBy = offeredBy;
    fill(draft, 'awardingBody', awardingBody);
    tellUnread(main, SHAPE);
  }
}

/** Fills an element that the main statement leaves open; says whether it did. */
function fill<N extends 'learningOutcomes' | 'workload' | 'description' | 'awardingBody'>(
  draft: CredentialDraft,
  name: N,
  element: NonNullable<CredentialDraft[N]>,
): boolean {
  if (draft[name] && draft[name].state !== 'not-stated') return false;
  if (!(element as Element<unknown>).value) return true;
  draft[name] = element as CredentialDraft[N];
  return true;
}
