import type { AuditEntry } from '../catalogue/store/audit.ts';
import type { Config } from '../config.ts';
import { EXIT } from './exit-codes.ts';
import type { OpenCatalogue } from './open-catalogue.ts';
import { createOutput } from './output.ts';
import { withCatalogue } from './with-catalogue.ts';

const SHOWN = 1_000;

export const auditIn = ({ store }: OpenCatalogue): Promise<AuditEntry[]> => store.audit.newest(SHOWN);

/** `credatlas audit`: what operators did that takes something from readers or asks something of providers, the newest first. */
export async function auditCommand(config: Config, request: { json: boolean }): Promise<number> {
  const output = createOutput(request);
  const entries = await withCatalogue(config, 'audit', {}, auditIn);
  for (const entry of entries) {
    output.emit(entry);
    output.say(`${entry.at.slice(0, 19).replace('T', ' ')} UTC  ${entry.action} ${entry.subject} by ${entry.who}`);
  }
  if (!entries.length) output.say('nothing was abandoned, approved, retired, purged or switched');
  return EXIT.allIn;
}
