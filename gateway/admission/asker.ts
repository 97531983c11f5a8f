import type { Client } from './behaviour.ts';

/** Whoever wants a turn: the client, and the connection on which it asks. */
export interface Asker {
  client: Client;
  connection: Connection;
}
/** A socket, or what stands for one. */
export interface Connection {
  destroyed?: boolean;
}
