import { startCrawl } from '../../commands/crawl.ts';
import { followChanges } from '../../commands/follow-changes.ts';
import { log } from '../../commands/log.ts';
import { openCatalogue } from '../../commands/open-catalogue.ts';
import { readConfig } from '../../config.ts';
import { loadFormats } from '../../crawler/registry.ts';

/** `credatlas worker` with the formats of the drills beside the real ones, and the scheduled sources it is given; killed, never ended. */
const config = readConfig(process.env);
const open = await openCatalogue(config);
followChanges(open, log);
const formats = new Map([...(await loadFormats()), ...(await loadFormats(new URL('./formats/', import.meta.url)))]);
await startCrawl(config, open, { log, formats, harvestsAtOnce: 8, extra: JSON.parse(process.argv[2] ?? '[]') });
log('worker: ready');
