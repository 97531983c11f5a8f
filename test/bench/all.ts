// All benchmarks, one after the other: npm run bench. Each prints its table and its ratios against the floors.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const runs: [string, string[]][] = [
  ['normalise.bench.ts', []],
  ['formats.bench.ts', ['300']],
  ['harvest.bench.ts', ['20000']],
  ['search.bench.ts', ['50000']],
  ['gateway.bench.ts', ['50000']],
  ['volume.bench.ts', ['1000']],
  ['many-sources.bench.ts', ['1000']],
  ['growth.bench.ts', ['300000']],
];
let missed = 0;
for (const [file, args] of runs) {
  console.log(`\n== ${file} ${args.join(' ')}`);
  const path = fileURLToPath(new URL(file, import.meta.url));
  if (spawnSync(process.execPath, [path, ...args], { stdio: 'inherit' }).status !== 0) missed++;
}
process.exitCode = missed ? 1 : 0;
