import { format } from 'node:util';
import { complain, complainInDetail } from './complain.ts';

const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir'] as const;

/**
 * What others write past our writers (libraries on `console`, Node's warnings and its last words on an error that nobody caught)
 * may quote feeds and strangers too: it goes through the log, and harmless.
 */
export function guardTerminal(): void {
  const tell = async (text: string) => (await import('../log.ts')).log.child('node').warn(text);
  for (const method of METHODS) {
    console[method] = (...args: unknown[]) => void tell(format(...args));
  }
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message }) => void tell(`${name}: ${message}`));
  process.on('uncaughtException', (error: unknown) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    complain('an error that nobody expected; please report it:');
    complainInDetail(text);
    process.exit(1);
  });
}
