import { connect } from 'node:net';
import { listen } from '../../../commands/listen.ts';
import { createGateway, type GatewayOptions } from '../../../gateway/gateway.ts';
import { createServerApp, type ServerOptions } from '../../../gateway/server.ts';
import type { ErrorReport } from '../../../subgraphs/shared/errors.ts';
import { createFixtureCatalogue } from '../fixture-catalogue.ts';

/** The whole server over the fixture catalogue (PGlite), listening on a port of its own. */
export async function listening(
  options: {
    server?: Partial<ServerOptions>;
    gateway?: Partial<GatewayOptions>;
    patience?: Parameters<typeof listen>[1]['patience'];
  } = {},
) {
  const fixture = await createFixtureCatalogue();
  const reports: ErrorReport[] = [];
  const report = (entry: ErrorReport) => void reports.push(entry);
  const gateway = await createGateway({ catalogue: fixture.catalogue, report, ...options.gateway });
  const app = createServerApp({ gateway, catalogue: fixture.catalogue, report, ...options.server });
  const http = await listen(app, { host: '127.0.0.1', port: 0, patience: options.patience });
  return {
    ...fixture,
    gateway,
    reports,
    url: http.url,
    async close() {
      await http.stop();
      await gateway.close();
      await fixture.close();
    },
  };
}

/** What came over a socket of its own. */
export interface Conversation {
  text: string;
  /** How the other side left: by its own will (`end`), by a reset (`error`), or not at all (`open`). */
  end: 'end' | 'error' | 'open';
}

/** Writes bytes as they are to a server, in turn, and reads until it closes, or so many answers have come, or nothing comes. */
export function converse(
  url: string,
  parts: readonly (string | Uint8Array)[],
  { answers = 0, silence = 6_000, pause = 0 }: { answers?: number; silence?: number; pause?: number } = {},
): Promise<Conversation> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    let text = '';
    let timer: NodeJS.Timeout | undefined;
    const done = (end: Conversation['end']) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ text, end });
    };
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => done('open'), answers > 0 && statuses(text).length >= answers ? 150 : silence);
    };
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      wait();
    });
    socket.on('end', () => done('end'));
    socket.on('error', () => done('error'));
    socket.on('connect', async () => {
      for (const part of parts) {
        if (!socket.writable) return;
        socket.write(part);
        if (pause) await new Promise((next) => setTimeout(next, pause));
      }
      wait();
    });
  });
}

/** The statuses of the answers in a conversation, in turn. */
export const statuses = (text: string): number[] =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((match) => Number(match[1]));
