import { createServer as createHttp, type RequestListener } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { freePort } from '../faults/servers.ts';

/** Real little servers on loopback that are not what a variable wants; `close` ends them all. */
export function createLittleServers() {
  const servers = new Set<Server>();
  const sockets = new Set<Socket>();
  const listening = async (server: Server): Promise<number> => {
    servers.add(server);
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return (server.address() as AddressInfo).port;
  };
  return {
    /** Nobody listens there. */
    refusing: freePort,
    /** Takes connections and never says a word. */
    silent: () => listening(createServer(() => {})),
    /** Closes each connection at once. */
    closing: () => listening(createServer((socket) => socket.end())),
    /** Says the same to everybody, after they have spoken. */
    saying: (text: string | Buffer) => listening(createServer((socket) => socket.on('data', () => socket.write(text)))),
    /** Speaks first, as mail servers and MySQL do. */
    greeting: (text: string) => listening(createServer((socket) => void socket.write(text))),
    http: (listener: RequestListener) => listening(createHttp(listener)),
    json: (status: number, body: unknown) =>
      listening(
        createHttp((_, res) => {
          res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
        }),
      ),
    page: () =>
      listening(
        createHttp((_, res) => {
          res.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Welcome to nginx!</title>');
        }),
      ),
    /** Speaks PostgreSQL as far as the first question: refuses with an error, or answers one row of texts. */
    postgres: (answer: { refuse: [code: string, message: string] } | { row: Record<string, string> }) =>
      listening(createServer((socket) => speakPostgres(socket, answer))),
    /** A PostgreSQL that is still starting for so many connections, then the real one on that port. */
    startingPostgres(real: number, refusals: number) {
      let left = refusals;
      return listening(
        createServer((socket) => {
          socket.once('data', (first) => {
            const greeting = first.length === 8 && first.readInt32BE(4) === 80_877_103;
            if (!greeting && left-- > 0) {
              speakPostgres(socket, { refuse: ['57P03', 'the database system is starting up'] });
              return void socket.emit('data', first);
            }
            const to = connect(real, '127.0.0.1');
            to.on('error', () => socket.destroy()).write(first);
            socket.on('close', () => to.destroy());
            socket.pipe(to).pipe(socket);
          });
        }),
      );
    },
    /** Speaks Redis as far as INFO and SET. */
    redis: (info: string, set = '+OK') =>
      listening(
        createServer((socket) =>
          socket.on('data', (data) => {
            for (const asked of commandsIn(data.toString())) {
              if (asked === 'info') socket.write(`$${info.length}\r\n${info}\r\n`);
              else if (asked === 'ping') socket.write('+PONG\r\n');
              else if (asked === 'set') socket.write(`${set}\r\n`);
              else socket.write('+OK\r\n');
            }
          }),
        ),
      ),
    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all([...servers].map((server) => new Promise((done) => server.close(done))));
    },
  };
}

export type LittleServers = ReturnType<typeof createLittleServers>;

/** Names of the commands in what a Redis client sends: arrays of texts, each after its length, or a bare line. */
function* commandsIn(text: string): Generator<string> {
  const lines = text.split('\r\n');
  for (let at = 0; at < lines.length; at++) {
    const words = /^\*(\d+)$/.exec(lines[at] ?? '');
    const name = lines[words ? at + 2 : at];
    if (name) yield name.toLowerCase();
    if (words) at += 2 * Number(words[1]);
  }
}

function speakPostgres(
  socket: Socket,
  answer: { refuse: [code: string, message: string] } | { row: Record<string, string> },
): void {
  const message = (type: string, body: Buffer) => {
    const head = Buffer.alloc(5);
    head.write(type);
    head.writeInt32BE(body.length + 4, 1);
    return Buffer.concat([head, body]);
  };
  const int = (size: 2 | 4, value: number) => {
    const buffer = Buffer.alloc(size);
    if (size === 2) buffer.writeInt16BE(value);
    else buffer.writeInt32BE(value);
    return buffer;
  };
  const text = (value: string) => Buffer.from(`${value}\0`);
  const ready = message('Z', Buffer.from('I'));
  socket.on('data', (data) => {
    if (data.length === 8 && data.readInt32BE(4) === 80_877_103) return void socket.write('N');
    if (data[0] === 0) {
      if ('refuse' in answer) {
        const [code, words] = answer.refuse;
        const fields = ['SFATAL', 'VFATAL', `C${code}`, `M${words}`].map(text);
        return void socket.end(message('E', Buffer.concat([...fields, Buffer.from([0])])));
      }
      return void socket.write(Buffer.concat([message('R', int(4, 0)), ready]));
    }
    if (data[0] === 0x51 && 'row' in answer) {
      const names = Object.keys(answer.row);
      const columns = names.map((name) =>
        Buffer.concat([text(name), int(4, 0), int(2, 0), int(4, 25), int(2, -1), int(4, -1), int(2, 0)]),
      );
      const cells = Object.values(answer.row).map((value) => Buffer.concat([int(4, value.length), Buffer.from(value)]));
      socket.write(
        Buffer.concat([
          message('T', Buffer.concat([int(2, names.length), ...columns])),
          message('D', Buffer.concat([int(2, names.length), ...cells])),
          message('C', text('SELECT 1')),
          ready,
        ]),
      );
    }
  });
}
