// A provider with a feed of many megabytes, in a process of its own; it makes the records as it sends them.
//   node test/bench/volume-feed.ts <MB> <records a page, 0 for one body>
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';

const bytes = Number(process.argv[2] ?? 1000) * 1e6;
const pageSize = Number(process.argv[3] ?? 0);
const WORDS = 'water energy care data safety teaching building trade law language nature media food climate'.split(' ');
const text = (n: number, words: number) =>
  Array.from({ length: words }, (_, i) => WORDS[(n * 7 + i * 13 + ((n * i) % 11)) % 14]).join(' ');
/** Some 8 kB, as courses with a syllabus have. */
const course = (n: number) =>
  JSON.stringify({
    courseId: `volume-${n}`,
    name: [{ language: 'en-GB', value: `Course ${n}: ${text(n, 4)}` }],
    description: [
      { language: 'en-GB', value: `<p>${text(n, 240)}</p>` },
      { language: 'nl-NL', value: `<p>${text(n + 1, 240)}</p>` },
    ],
    learningOutcomes: Array.from({ length: 8 }, (_, i) => [{ language: 'en-GB', value: `explain ${text(n + i, 30)}` }]),
    admissionRequirements: [{ language: 'en-GB', value: text(n + 2, 240) }],
    enrollment: [{ language: 'en-GB', value: text(n + 3, 120) }],
    studyLoad: { studyLoadUnit: 'ects', value: (n % 30) + 1 },
    teachingLanguage: 'eng',
    modeOfDelivery: ['online'],
    link: `https://volume.example/courses/${n}`,
  });
const records = Math.ceil(bytes / course(1234).length);

function* body(from: number, to: number, page: number) {
  yield `{"pageSize":${pageSize || records},"pageNumber":${page},"hasPreviousPage":${page > 1},"hasNextPage":${to < records},"items":[`;
  for (let n = from; n < to; n++) yield `${n > from ? ',' : ''}${course(n)}`;
  yield ']}';
}

const server = createServer((request, response) => {
  const page = Number(new URL(request.url ?? '/', 'http://x').searchParams.get('pageNumber') ?? 1);
  const size = pageSize || records;
  response.writeHead(200, { 'content-type': 'application/json' });
  Readable.from(body((page - 1) * size, Math.min(page * size, records), page), {
    objectMode: true,
    highWaterMark: 8,
  }).pipe(response);
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
