import type { Hold } from '../catalogue/store/holds.ts';
import type { Config } from '../config.ts';
import { EXIT } from './exit-codes.ts';
import type { OpenCatalogue } from './open-catalogue.ts';
import { createOutput } from './output.ts';
import { withCatalogue } from './with-catalogue.ts';

/** Identifiers shown to people; with --json all of them. */
const SHOWN = 10;

export const holdsIn = ({ store }: OpenCatalogue): Promise<Hold[]> => store.holds.open();

/** `credatlas holds`: runs that wait for approval, with what would go. */
export async function holdsCommand(config: Config, request: { json: boolean }): Promise<number> {
  const output = createOutput(request);
  const holds = await withCatalogue(config, 'holds', {}, holdsIn);
  for (const hold of holds) output.emit({ ...hold, count: hold.identifiers.length });
  if (!holds.length) output.say('nothing is held');
  for (const hold of holds) for (const line of holdLines(hold)) output.say(line);
  return EXIT.allIn;
}

/** A hold in some lines for people. */
export function holdLines({ source, run, kind, reason, identifiers, createdAt }: Hold): string[] {
  const more = identifiers.length > SHOWN ? `, and ${identifiers.length - SHOWN} more` : '';
  return [
    `${source}: held (${kind}) since ${createdAt.slice(0, 16).replace('T', ' ')} UTC, run ${run}`,
    `  ${reason}`,
    ...(identifiers.length
      ? [`  ${identifiers.length} would go: ${identifiers.slice(0, SHOWN).join(', ')}${more}`]
      : ['  no record would go; the feed is to be looked at']),
    `  let them go: credatlas approve ${source}; or mend the feed: the next healthy run clears the hold`,
  ];
}
