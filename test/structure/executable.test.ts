import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };

const root = fileURLToPath(new URL('../../', import.meta.url));

// npm makes what `bin` names executable: committed otherwise, every checkout would be changed by `npm ci`.
test.skipIf(!existsSync(`${root}.git`))('what package.json names as a program is committed executable', () => {
  for (const file of Object.values(packageJson.bin))
    expect(execFileSync('git', ['ls-files', '-s', file], { cwd: root, encoding: 'utf8' })).toMatch(/^100755 /);
});
