import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';

/** What a subgraph may do instead of answering. `obey`: it answers as it should. */
export type Manner = 'obey' | ((socket: Socket) => void);

const response = (status: string, headers: Record<string, string | number>, body: string): string =>
  [`HTTP/1.1 ${status}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), '', body].join('\r\n');

const whole = (status: string, type: string, body: string): Manner => {
  const text = response(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }, body);
  return (socket) => void socket.write(text);
};
const answers = (body: string): Manner => whole('200 OK', 'application/json', body);
const promising = (length: number, body: string): Manner => {
  const text = response('200 OK', { 'content-type': 'application/json', 'content-length': length }, body);
  return (socket) => void socket.end(text);
};

/** Ways to fail at once. */
export const QUICK: Readonly<Record<string, Manner>> = {
  '500 with a page': whole('500 Internal Server Error', 'text/html', '<html><body>oops</body></html>'),
  '502 of a proxy': whole('502 Bad Gateway', 'text/html', '<html>bad gateway</html>'),
  '503 with GraphQL errors': whole('503 Service Unavailable', 'application/json', '{"errors":[{"message":"busy"}]}'),
  '200 with a page': whole('200 OK', 'text/html', '<!doctype html><title>Log in</title>'),
  'a redirect': whole('302 Found', 'text/plain', 'elsewhere'),
  '404 with JSON': whole('404 Not Found', 'application/json', '{"error":"no such path"}'),
  'truncated JSON': answers('{"data":{"_entities":[{"id":'),
  'an empty body': answers(''),
  null: answers('null'),
  'a list': answers('[]'),
  'no data': answers('{"data":null}'),
  'data that is a list': answers('{"data":[]}'),
  'data that is a text': answers('{"data":"none"}'),
  'no errors': answers('{"errors":[]}'),
  'one entity that is null': answers('{"data":{"_entities":[null]}}'),
  'too few entities': answers('{"data":{"_entities":[]}}'),
  'something else than was asked': answers('{"data":{"weather":"fine"}}'),
  'wrong types': answers(
    '{"data":{"_entities":7,"_e0":"x","search":"x","suggest":{},"one":[],"credentials":5,"provider":true,"providers":[[]],"sources":{},"operations":1}}',
  ),
  'names that every object has': answers(
    '{"data":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}',
  ),
  'less than its content-length': promising(500, '{"data":{"_entities":[]}}'),
  'more than its content-length': promising(5, '{"data":{"_entities":[]}}'),
  'no HTTP': (socket) => void socket.end('* OK IMAP4rev1 ready\r\n'),
  'a connection that is cut': (socket) => void socket.destroy(),
};

/** It says that it does not understand the question. */
export const REFUSES: Manner = whole(
  '400 Bad Request',
  'application/json',
  '{"errors":[{"message":"Cannot query field","extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}',
);

/** Ways to fail by taking too long. */
export const SLOW: Readonly<Record<string, Manner>> = {
  silence: () => {},
  'a head without a body': (socket) =>
    void socket.write(response('200 OK', { 'content-type': 'application/json', 'content-length': 1000 }, '')),
  'a drip': (socket) => {
    socket.write(response('200 OK', { 'content-type': 'application/json', 'content-length': 100_000 }, '{"data":{'));
    const timer = setInterval(() => socket.write(' '), 100);
    socket.on('close', () => clearInterval(timer));
  },
};

/** A server that obeys by handing a request on to a real subgraph, and otherwise behaves as it is told. */
export async function createUnrulyServer(answer: (body: string, headers: Headers) => Promise<Response>) {
  let manner: Manner = 'obey';
  let requests = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    let given = '';
    socket.on('data', async (chunk) => {
      given += chunk.toString('utf8');
      const end = given.indexOf('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(given)?.[1] ?? 0);
      if (end < 0 || Buffer.byteLength(given.slice(end + 4)) < length) return;
      const [head = '', body] = [given.slice(0, end), given.slice(end + 4)];
      given = '';
      requests += 1;
      if (manner !== 'obey') return manner(socket);
      const language = /accept-language: ([^\r]*)/i.exec(head)?.[1];
      const answered = await answer(
        body,
        new Headers({ 'content-type': 'application/json', ...(language && { 'accept-language': language }) }),
      );
      const text = await answered.text();
      const type = answered.headers.get('content-type') ?? 'application/json';
      socket.write(
        response(`${answered.status} -`, { 'content-type': type, 'content-length': Buffer.byteLength(text) }, text),
      );
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    behave: (next: Manner) => {
      manner = next;
    },
    requests: () => requests,
    close: () =>
      new Promise<void>((done) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => done());
      }),
  };
}
