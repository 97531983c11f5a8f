import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Case, createContext } from './context.ts';
import { slowness } from './servers.ts';

/**
 * `npm run test:faults [-- --only <pattern>] [--failed <output of an earlier run>] [--list]`: one line a case, ending in
 * `held` or `failed`.
 */
const options = process.argv.slice(2);
const optionOf = (name: string) => (options.includes(name) ? (options[options.indexOf(name) + 1] ?? '') : undefined);
const only = new RegExp(optionOf('--only') ?? '', 'i');
const earlier = optionOf('--failed');
const failedThen =
  earlier &&
  readFileSync(earlier, 'utf8')
    .split('\n')
    .filter((line) => line.endsWith(' failed'));

const folder = new URL('./cases/', import.meta.url);
const cases: Case[] = [];
for (const file of readdirSync(folder)
  .filter((name) => name.endsWith('.ts'))
  .sort()) {
  const module: { cases: Case[] } = await import(new URL(file, folder).href);
  cases.push(...module.cases);
}
const chosen = cases.filter((one) => {
  const line = `${one.family}: ${one.name}`;
  return only.test(line) && (!failedThen || failedThen.some((text) => text.startsWith(`${line} (`)));
});
if (options.includes('--list')) {
  for (const one of chosen) console.log(`${one.family}: ${one.name}`);
  process.exit(0);
}
if (!chosen.length) {
  console.error('no case has such a name; --list shows them');
  process.exit(2);
}

const there = chosen.filter((one) => {
  const lacking = one.lacks?.();
  if (lacking) console.log(`${one.family}: ${one.name} skipped: no ${lacking}`);
  return !lacking;
});
for (const one of there) one.chosen?.();
const started = performance.now();
const context = await createContext().catch((error: Error) => {
  console.error(error.message);
  process.exit(2);
});
const lines = new Map<string, { held: number; failed: number }>();

async function runCase(one: Case): Promise<void> {
  const bound = (one.seconds ?? 60) * slowness();
  const from = performance.now();
  const timer = new AbortController();
  const late = sleep(bound * 1000, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`not over after ${bound.toFixed(0)} s`);
  });
  late.catch(() => {});
  let reason = '';
  try {
    await Promise.race([one.run(context), late]);
  } catch (error) {
    reason = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').slice(0, 600);
  } finally {
    timer.abort();
  }
  const tally = lines.get(one.family) ?? { held: 0, failed: 0 };
  tally[reason ? 'failed' : 'held']++;
  lines.set(one.family, tally);
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  console.log(`${one.family}: ${one.name} (${seconds} s)${reason ? ` — ${reason}` : ''} ${reason ? 'failed' : 'held'}`);
}

try {
  const inTurn = async (some: Case[]) => {
    for (const one of some) await runCase(one);
  };
  const waiting = (one: Case) => one.family.startsWith('2 ') && one.track === undefined;
  // Memory is measured in this process, which is why nothing else runs beside these.
  const measured = (one: Case) => /^[68] /.test(one.family);
  const plain = there.filter((one) => one.track === undefined && !waiting(one));
  // Outages mostly wait, for leases that run out: the machine works on the deaths of workers meanwhile.
  await Promise.all([
    inTurn(plain.filter((one) => one.family.startsWith('1 '))),
    inTurn(there.filter((one) => one.track === 'first')),
    inTurn(there.filter(waiting)),
  ]);
  await Promise.all([
    inTurn(there.filter((one) => one.track === 'beside' && !one.family.startsWith('3 '))),
    inTurn(there.filter((one) => one.track === 'beside' && one.family.startsWith('3 '))),
    inTurn(plain.filter((one) => !one.family.startsWith('1 ') && !measured(one))),
  ]);
  await inTurn(plain.filter(measured));
  await inTurn(there.filter((one) => one.track === 'alone'));
} finally {
  await context.close();
}

const sum = (key: 'held' | 'failed') => [...lines.values()].reduce((n, tally) => n + tally[key], 0);
console.log('');
for (const [family, tally] of lines) console.log(`  ${family}: ${tally.held} held, ${tally.failed} failed`);
console.log(`\n${sum('held')} held, ${sum('failed')} failed in ${((performance.now() - started) / 1000).toFixed(0)} s`);
process.exit(sum('failed') ? 1 : 0);
