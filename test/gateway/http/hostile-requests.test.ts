import { afterAll, describe, expect, test } from 'vitest';
import { credentials } from '../fixture-records.ts';
import { converse, listening } from './listening.ts';

const server = await listening({
  server: { documents: { '/.well-known/keys.json': { type: 'application/json', body: '[]' } } },
});
afterAll(() => server.close());

const id = credentials[0]?.record.id ?? '';
const long = (size: number, text = 'a'): string => text.repeat(size / text.length);
const graph = (query: string, more = ''): string => `/graphql?query=${encodeURIComponent(query)}${more}`;

/** Addresses to GET, with the statuses that may come (200 for JSON and for pages as well as for the graph). */
const ADDRESSES: [string, ...number[]][] = [
  // ids in paths
  ['/credentials/a%00b', 404],
  ['/credentials/%00', 404],
  [`/credentials/${id}%00`, 404],
  ['/credentials/%E0%A4%A', 404],
  ['/credentials/%', 404],
  ['/credentials/%%%', 404],
  ['/credentials/%zz', 404],
  ['/credentials/%ED%A0%80', 404],
  ['/credentials/%C0%AF', 404],
  ['/credentials/%FF%FE', 404],
  ['/credentials/%2500', 404],
  ['/credentials/%0d%0aSet-Cookie:x=1', 404],
  ['/credentials/%1b[2J', 404],
  ['/credentials/%C2%85', 404],
  [`/credentials/${long(10_000)}`, 404],
  [`/credentials/${long(10_000, '%00')}`, 404],
  [`/credentials/${long(9_000, '%F0%9F%8F%83')}`, 404],
  [`/credentials/https%3A%2F%2F${long(3_000)}`, 404],
  ['/credentials/..', 200],
  ['/credentials/%2e%2e', 200],
  ['/credentials/..%2f..%2fetc%2fpasswd', 404],
  ['/credentials/a%2fb', 404],
  ['/credentials/a/b', 404],
  ['/credentials//', 404],
  ['//credentials/x', 404],
  ['/credentials/', 404],
  ['/credentials/%E2%80%AE', 404],
  ['/credentials/%C3%A9', 404],
  ['/credentials/crd_%F0%9D%9F%98', 404],
  ['/credentials/__proto__', 404],
  ['/credentials/constructor', 404],
  ['/credentials/toString', 404],
  ["/credentials/'%3B%20drop%20table%20credentials%3B--", 404],
  ['/credentials/%5C', 404],
  ['/credentials/{id}', 404],
  ['/credentials/$1', 404],
  ['/credentials/:id', 404],
  ['/credentials/*', 404],
  ['/credentials/urn:example:3%00', 404],
  ['/credentials/x?format=json&format=html', 404],
  [`/credentials/${id}?format=%00`, 200, 406],
  [`/credentials/${id}?format[]=json&__proto__=x`, 200, 406],
  // the search on the front page
  ['/?q=%00', 200],
  ['/?q=a%00b', 200],
  ['/?q=%ED%A0%80', 200],
  ['/?q=%E0%A4%A', 200],
  ['/?q=%', 200],
  [`/?q=${long(12_000)}`, 200],
  [`/?q=${long(12_000, '%F0%9F%8F%83')}`, 200],
  [`/?q=x${long(12_000, '%CC%81')}`, 200],
  ['/?q=a&q=b&q=c', 200],
  ['/?q[]=a', 200],
  ['/?q=%27%22%3C%2F', 200],
  ['/?q=((((%7C%7C%26%26!!!:*', 200],
  ['/?q=%F0%9F%8F', 200],
  ['/?after=garbage', 200],
  ['/?q=data&after=garbage', 200],
  ['/?q=data&after=%00', 200],
  [`/?q=data&after=${encodeURIComponent(Buffer.from('mark.-5').toString('base64url'))}`, 200],
  [`/?q=data&after=${encodeURIComponent(Buffer.from('{"__proto__":1}').toString('base64url'))}`, 200],
  [`/?q=data&after=${long(12_000)}`, 200],
  ['/?q=data&after=LTU&after=', 200],
  ['/?__proto__=x&constructor=y&hasOwnProperty=z', 200],
  [`/?${long(12_000, 'a&')}`, 200],
  [`/?q=${long(100_000)}`, 431],
  // the graph by GET
  ['/graphql?query=%00', 200, 400, 406],
  ['/graphql?query=%E0%A4%A', 200, 400, 406],
  ['/graphql?query=%ED%A0%80', 200, 400, 406],
  ['/graphql?variables={}', 200, 400],
  ['/graphql?extensions={}', 400, 406],
  ['/graphql?extensions={"persistedQuery":{"version":1,"sha256Hash":"__proto__"}}', 400, 406],
  ['/graphql?query={a}&query={b}', 400],
  ['/graphql?__proto__[query]={a}', 200, 400],
  [graph('{__typename}', '&variables=[]'), 400, 406],
  [graph('{__typename}', '&variables=%00'), 400],
  [graph('{__typename}', `&variables=${long(6_000, '[')}`), 400],
  [graph('query($a:[[Int]]){__typename}', `&variables={"a":${long(3_000, '[')}${long(3_000, ']')}}`), 200, 400, 406],
  [graph('query($n:Int){search(first:$n){totalCount}}', '&variables={"n":1e400}'), 200, 400, 406],
  [graph('query($t:String){search(text:$t){totalCount}}', '&variables={"t":"a\\u0000b"}'), 200, 400, 406],
  [graph('query($t:String){search(text:$t){totalCount}}', '&variables={"t":"\\ud800"}'), 200, 400, 406],
  [graph('query($i:ID!){credential(id:$i){id}}', '&variables={"i":"a\\u0000b"}'), 200, 400, 406],
  [graph('{credential(id:"a\\u0000b"){id}}'), 200, 400, 406],
  [graph('{provider(id:"a\\u0000b"){id}}'), 200, 400, 406],
  [graph('{source(id:"a\\u0000b"){id}}'), 200, 400, 406],
  [graph('{credentials(ids:["a\\u0000b"]){id}}'), 200, 400, 406],
  [graph('{search(after:"bWFyay4tNQ"){totalCount}}'), 200, 400, 406],
  [graph('{search(after:"mark.-5"){totalCount}}'), 200, 400, 406],
  [graph(`{search(text:"${long(9_000)}"){totalCount}}`), 200, 400, 406],
  [graph(long(2_900, '[')), 200, 400, 406],
  [graph(long(2_900, '{a')), 200, 400, 406],
  [graph('{__typename}', '&operationName=__proto__'), 200, 400, 406],
  [graph('mutation{__typename}'), 405, 406],
  [graph('subscription{__typename}'), 400, 406],
  // the other routes
  ['/graphql/', 404],
  ['/graphql/assets/', 404],
  ['/graphql/assets/..%2f..%2fpackage.json', 404],
  ['/graphql/assets/__proto__', 404],
  ['/graphql/assets/constructor', 404],
  ['/graphql/assets/hasOwnProperty', 404],
  ['/graphql/assets/%00', 404],
  ['/assets/page.css%00', 404],
  ['/assets/../package.json', 404],
  ['/assets/..%2f..%2fpackage.json', 404],
  ['/.well-known/%2e%2e/keys.json', 404],
  ['/.well-known/keys.json?%00', 200],
  ['/health?%00=%E0', 200],
  ['/health/', 404],
  ['/ready?x=%ZZ', 200],
  ['/metrics?a=1&a=2', 200],
  ['/METRICS', 404],
  ['/queues', 404],
  ['/.env', 404],
  ['/.git/config', 404],
  ['/%2e%2e/%2e%2e/etc/passwd', 404],
  ['/../../etc/passwd', 404],
  ['//', 404],
  ['///', 404],
  ['//evil.example/%2f..', 404],
  ['/%C3%A9', 404],
  ['/%F0%9F%8F%83', 404],
  [`/${long(12_000)}`, 404],
  [`/${long(12_000, '/')}`, 404],
  [`/${long(12_000, '../')}`, 200],
  [`/${long(12_000, '%2f')}`, 404],
  ['/?', 200],
  ['/#x', 200],
];

const PATHS = [
  '/',
  '/nothing',
  `/credentials/${id}`,
  '/credentials/a%00b',
  '/graphql',
  '/graphql/assets/graphiql.css',
  '/assets/page.css',
  '/assets/icon.svg',
  '/health',
  '/ready',
  '/metrics',
  '/.well-known/keys.json',
];
const METHODS = 'POST PUT PATCH DELETE OPTIONS TRACE PROPFIND MKCOL COPY LOCK SEARCH PURGE LINK REPORT QUERY'.split(
  ' ',
);

const deep = (open: string, close: string, times: number, inner = ''): string =>
  `${open.repeat(times)}${inner}${close.repeat(times)}`;
/** Bodies to POST to the graph. */
const BODIES: [string, string][] = [
  ['__proto__ as a parameter', '{"query":"{ __typename }","__proto__":{"query":"{"}}'],
  ['__proto__ alone', '{"__proto__":{"query":"{ __typename }"}}'],
  ['constructor as variables', '{"query":"{ __typename }","variables":{"constructor":{"prototype":{"a":1}}}}'],
  ['toString as an operation', '{"query":"{ __typename }","operationName":"toString"}'],
  ['twice the same key', '{"query":"{","query":"{ __typename }"}'],
  ['lists in lists', deep('[', ']', 200_000)],
  ['objects in objects', deep('{"a":', '}', 100_000, '1')],
  ['deep variables nobody asked for', `{"query":"{ __typename }","variables":{"x":${deep('[', ']', 200_000)}}}`],
  [
    'deep variables',
    `{"query":"query($a:[Int]){search(first:1){totalCount}}","variables":{"a":${deep('[', ']', 100_000)}}}`,
  ],
  ['deep extensions', `{"query":"{ __typename }","extensions":{"x":${deep('[', ']', 200_000)}}}`],
  ['a deep persisted query', `{"extensions":{"persistedQuery":${deep('[', ']', 100_000)}}}`],
  ['a large number', '{"query":"query($n:Int){search(first:$n){totalCount}}","variables":{"n":1e400}}'],
  ['digits', `{"query":"query($n:Int){search(first:$n){totalCount}}","variables":{"n":${'9'.repeat(100_000)}}}`],
  ['a large number in the text', '{"query":"{search(first:1e400){totalCount}}"}'],
  ['NUL in a text', '{"query":"{search(text:\\"a\\u0000b\\"){totalCount}}"}'],
  ['NUL in the query', '{"query":"{ __typename }\\u0000"}'],
  ['half a surrogate', '{"query":"{search(text:\\"\\ud800\\"){totalCount}}"}'],
  ['a surrogate as variable', '{"query":"query($t:String){search(text:$t){totalCount}}","variables":{"t":"\\udfff"}}'],
  ['2,900 brackets', `{"query":"${'['.repeat(2_900)}"}`],
  ['2,900 lists', `{"query":"{search(filter:{mode:${'['.repeat(2_900)}"}`],
  ['2,900 lists of a variable', `{"query":"query($a:${'['.repeat(2_900)}Int${']'.repeat(2_900)}){__typename}"}`],
  ['2,900 fragments', `{"query":"{${'...{'.repeat(1_400)}__typename${'}'.repeat(1_400)}}"}`],
  ['a made-up cursor', '{"query":"{search(after:\\"mark.-5\\"){totalCount}}"}'],
  ['an id of 900 kB', `{"query":"query($i:ID!){credential(id:$i){id}}","variables":{"i":"${'a'.repeat(900_000)}"}}`],
  [
    '100,000 ids',
    `{"query":"query($i:[ID!]!){credentials(ids:$i){id}}","variables":{"i":["${'a","'.repeat(100_000)}"]}}`,
  ],
  [
    'a text of 900 kB',
    `{"query":"query($t:String){search(text:$t){totalCount}}","variables":{"t":"${'ab '.repeat(300_000)}"}}`,
  ],
  [
    '100,000 variables',
    `{"query":"{ __typename }","variables":{${Array.from({ length: 60_000 }, (_, i) => `"v${i}":1`).join()}}}`,
  ],
  ['a comment of 900 kB', `{"query":"{ __typename } # ${'x'.repeat(900_000)}"}`],
  ['commas', `{"query":"{ __typename ${','.repeat(900_000)} }"}`],
  [
    'an error that quotes 900 kB',
    `{"query":"query($n:Int!){search(first:$n){totalCount}}","variables":{"n":"${'x'.repeat(900_000)}"}}`,
  ],
];

interface Got {
  status: number;
  type: string;
  body: string;
}

async function send(method: string, address: string, accept: string, body?: string): Promise<Got> {
  const length = body === undefined ? '' : `Content-Length: ${Buffer.byteLength(body)}\r\n`;
  const request =
    `${method} ${address} HTTP/1.1\r\nHost: x\r\nAccept: ${accept}\r\nConnection: close\r\n` +
    `${body === undefined ? '' : 'Content-Type: application/json\r\n'}${length}\r\n${body ?? ''}`;
  const { text, end } = await converse(server.url, [request], { silence: 15_000 });
  expect(end).toBe('end');
  const split = text.indexOf('\r\n\r\n');
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]),
    type: /^content-type: ([^;\r]+)/im.exec(text)?.[1] ?? '',
    body: text.slice(split + 4),
  };
}

const HTML = 'text/html';
const JSON_TYPE = 'application/json';
const GRAPH = 'application/graphql-response+json';

/** What is wrong with an answer to who asked for a media type, in words; nothing when all is well. */
function wrong({ status, type, body }: Got, address: string, accept: string): string | undefined {
  if (!(status >= 200 && status < 500)) return `status ${status}`;
  if (type === HTML && /[^\P{Cc}\n\r\t]/u.test(Buffer.from(body, 'latin1').toString()))
    return 'control characters in a page';
  if (status < 300 || status === 431) return undefined;
  const onGraph = address === '/graphql' || address.startsWith('/graphql?');
  const expected = onGraph ? (accept === GRAPH ? GRAPH : JSON_TYPE) : accept === HTML ? HTML : JSON_TYPE;
  if (type !== expected) return `${status} as ${type}`;
  if (type === HTML) return /<h1>.+<\/h1><p>.+<\/p>/.test(body) ? undefined : `no remedy: ${body.slice(0, 200)}`;
  const { remedy, errors } = JSON.parse(body) as { remedy?: string; errors?: { extensions: { remedy?: string } }[] };
  return (errors ? errors.every((e) => e.extensions.remedy) : remedy) ? undefined : `no remedy: ${body.slice(0, 200)}`;
}

const healthy = async () => {
  const answer = await fetch(`${server.url}/health`, { signal: AbortSignal.timeout(5_000) });
  expect([answer.status, await answer.text()]).toEqual([200, '{"status":"ok"}']);
};

describe('hostile requests over all routes: no 5xx, none hangs, the next one is served', () => {
  test('there are enough of them', () => {
    expect(new Set(ADDRESSES.map(([address]) => address)).size + BODIES.length).toBeGreaterThanOrEqual(120);
  });

  test.each(ADDRESSES.map(([address, ...allowed]) => ({ name: address.slice(0, 90), address, allowed })))(
    'GET $name',
    async ({ address, allowed }) => {
      for (const accept of [HTML, JSON_TYPE, GRAPH]) {
        const got = await send('GET', address, accept);
        expect([accept, got.status, wrong(got, address, accept)]).toEqual([
          accept,
          expect.toSatisfy((status: number) => allowed.includes(status) || status === 406),
          undefined,
        ]);
      }
      await healthy();
    },
  );

  test.each(METHODS)('%s on every path', async (method) => {
    for (const path of PATHS) {
      for (const [accept, body] of [
        [HTML, undefined],
        [JSON_TYPE, '{}'],
        [GRAPH, '\0'],
      ] as const) {
        const got = await send(method, path, accept, body);
        expect([path, accept, wrong(got, path, accept)]).toEqual([path, accept, undefined]);
      }
    }
    await healthy();
  });

  test.each(BODIES)('POST %s', async (_, body) => {
    for (const accept of [JSON_TYPE, GRAPH, '*/*']) {
      const got = await send('POST', '/graphql', accept, body);
      expect(wrong(got, '/graphql', accept)).toBeUndefined();
      expect(got.body.length).toBeLessThan(20_000);
      expect(got.type).toBe(accept === GRAPH ? GRAPH : JSON_TYPE);
      const { errors = [] } = JSON.parse(got.body) as { errors?: { extensions: { code: string } }[] };
      expect(errors.map((e) => e.extensions.code)).not.toContain('INTERNAL_SERVER_ERROR');
    }
    await healthy();
  });

  test('nothing of it was an error of ours, and nothing was left on Object.prototype', () => {
    expect(server.reports).toEqual([]);
    expect(Object.keys(Object.getPrototypeOf({}))).toEqual([]);
  });
});
