import type { Store } from '../../catalogue/store/store.ts';
import type { SourceDefinition } from '../../schema/index.ts';
import { NotNow } from '../errors.ts';
import { blackoutEnd } from './blackout.ts';

/**
 * Asked before a run starts and before each of its pages.
 * @throws NotNow while the source or the page's host is paused, or within a blackout window of the source
 */
export async function mayRead(pauses: Store['pauses'], source: SourceDefinition, url = source.url): Promise<void> {
  const origin = /^https?:/i.test(url) && URL.canParse(url) ? new URL(url).origin : undefined;
  const { pause, now } = await pauses.of(source.id, origin);
  if (pause?.kind === 'vanished') {
    throw new NotNow(
      `${source.id} is not harvested: ${pause.reason || 'its manifest no longer names it'}`,
      `Nothing to do: it goes on when its manifest names it again ("credatlas discover ${source.manifest?.domain}" asks at once).`,
    );
  }
  if (pause?.kind === 'retired') {
    throw new NotNow(
      `${source.id} is retired${pause.reason ? ` (${pause.reason})` : ''}`,
      `Bring it back with "credatlas retire ${source.id} --undo".`,
    );
  }
  if (pause?.kind === 'purged') {
    throw new NotNow(
      `${source.id} was purged at ${pause.since} and is not harvested again`,
      `Allow it with "credatlas purge ${source.id} --allow".`,
    );
  }
  if (pause) {
    const end = pause.until ? `until ${pause.until}` : 'until it is resumed';
    throw new NotNow(
      `${pause.what} is paused ${end}${pause.reason ? ` (${pause.reason})` : ''}`,
      `End the pause with "credatlas resume ${pause.what.split(' ')[1]}".`,
      pause.until ? { until: new Date(pause.until), now } : undefined,
    );
  }
  // A file of the operator's own disturbs nobody.
  const until = origin ? blackoutEnd(source.politeness.blackout, now) : undefined;
  if (until) {
    throw new NotNow(
      `the provider of ${source.id} wants no harvest before ${until.toISOString()}`,
      'Nothing to do: a crawler goes on by itself after that; a single harvest is to be asked for again.',
      { until, now },
    );
  }
}
