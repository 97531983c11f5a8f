import { userInfo } from 'node:os';
import { ConfigError } from '../crawler/errors.ts';

/** Who may be named in the audit: a name, one line. */
const MAX_NAME = 100;

/** Who does what is noted: as told with --by, else the user of this machine. */
export function whoIs(by: string | undefined): string {
  const name = (by ?? userInfo().username).replace(/\s+/g, ' ').trim().slice(0, MAX_NAME);
  if (!name) throw new ConfigError('what is done needs a name', 'Give it with --by.');
  return name;
}
