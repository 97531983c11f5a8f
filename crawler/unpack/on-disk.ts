import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A body as a file that goes away with `remove`, called always. `cut`: what broke the body off; what came before it is in the
 * file.
 */
export async function bodyOnDisk(
  body: AsyncIterable<Uint8Array>,
): Promise<{ path: string; cut?: { error: unknown }; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'credatlas-page-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const path = join(folder, 'body');
    const file = await open(path, 'w', 0o600);
    let cut: { error: unknown } | undefined;
    try {
      for await (const chunk of body) await file.write(chunk);
    } catch (error) {
      cut = { error };
    } finally {
      await file.close();
    }
    return { path, cut, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
