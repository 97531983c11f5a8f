// A provider in a process of its own, so that what it needs is not counted as ours:
//   node test/bench/feed-process.ts <records> <page size>
// Serves an OOAPI v5 feed of generated courses with honest ETags (none under `/no-etag/`), prints its origin.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const records = Number(process.argv[2] ?? 20_000);
const pageSize = Number(process.argv[3] ?? 250);
/** A provider under `/slow/` takes so long for a page. */
const SLOW_MS = 300;

const WORDS =
  'water energie zorg data veiligheid onderwijs bouw handel recht taal natuur logistiek media voeding klimaat'.split(
    ' ',
  );
const word = (n: number) => WORDS[n % WORDS.length];

const course = (n: number) => ({
  courseId: `bench-${n}`,
  primaryCode: { codeType: 'identifier', code: `B${n}` },
  name: [
    { language: 'nl-NL', value: `Cursus ${n}: ${word(n)} en ${word(n * 7 + 3)}` },
    { language: 'en-GB', value: `Course ${n}: ${word(n)} and ${word(n * 7 + 3)}` },
  ],
  description: [
    {
      language: 'nl-NL',
      value: `<p>In deze cursus leert u werken met ${word(n * 3)} en ${word(n * 5)}.</p>\r<br/>${'Meer over de praktijk. '.repeat(10)}`,
    },
  ],
  learningOutcomes: [
    [
      {
        language: 'nl-NL',
        value: `- u legt ${word(n)} uit\n- u past ${word(n + 1)} toe\n- u beoordeelt ${word(n + 2)}`,
      },
    ],
  ],
  teachingLanguage: n % 2 ? 'nld' : 'eng',
  studyLoad: { studyLoadUnit: 'ects', value: (n % 30) + 1 },
  level: n % 3 ? 'bachelor' : 'master',
  modeOfDelivery: [n % 2 ? 'online' : 'hybrid'],
  fieldsOfStudy: '0613',
  assessment: [{ language: 'nl-NL', value: 'Schriftelijk examen en een werkstuk.' }],
});

const server = createServer((req, res) => {
  const url = new URL(req.url ?? '/', 'http://x');
  const page = Number(url.searchParams.get('pageNumber') ?? 1);
  const from = (page - 1) * pageSize;
  const to = Math.min(from + pageSize, records);
  const etag = `"${createHash('sha256').update(`${records} ${pageSize} ${page}`).digest('hex').slice(0, 16)}"`;
  if (req.headers['if-none-match'] === etag) return void res.writeHead(304, { etag }).end();
  const wait = url.pathname.includes('/slow/') ? SLOW_MS : 0;
  const items = Array.from({ length: Math.max(0, to - from) }, (_, i) => course(from + i));
  const withEtag: Record<string, string> = url.pathname.includes('no-etag') ? {} : { etag };
  setTimeout(() => {
    res.writeHead(200, { 'content-type': 'application/json', ...withEtag });
    res.end(
      JSON.stringify({ pageSize, pageNumber: page, hasPreviousPage: page > 1, hasNextPage: to < records, items }),
    );
  }, wait);
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
