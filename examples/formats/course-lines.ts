import { lines } from '../../crawler/decode/sitemap.ts';
import { decodeText } from '../../crawler/decode/text.ts';
import { readStart } from '../../crawler/elements/dates.ts';
import { createWorkload } from '../../crawler/elements/workload.ts';
import { fault } from '../../crawler/problems/rules.ts';
import { defineFormat } from '../../crawler/record/define-format.ts';
import { jsonSyntax } from '../../crawler/record/json.ts';
import { declareShape } from '../../crawler/record/shape.ts';
import { Spot } from '../../crawler/record/spot.ts';
import { isObject } from '../../schema/index.ts';

/**
 * A whole format, to copy from: one line a course, `code; title; credits; start`. It says where things stand; what they mean is judged
 * in `crawler/elements/`. It is no format of the catalogue, for nobody publishes such lines: `test/structure` loads it as a sixth one.
 */
export const courseLines = defineFormat({
  name: 'course-lines',
  title: 'Courses, one a line',
  specification: 'https://lines.example/',
  mediaTypes: ['text/plain'],
  documentation: {
    reads: 'one line a course: code, title, credits, start',
    elements: ['title', 'workload'],
    quirks: ['Credits are ECTS: the specification says so of its third column.'],
  },
  version: 1,
  // A text does not show its own end.
  openEnded: true,
  shape: declareShape('title credits start'),
  detect: ({ text }) => (text.startsWith('COURSE-LINES 1') ? 1 : 0),

  async *records(body, { charset }) {
    let number = 0;
    for await (const line of lines(decodeText(body, { charset }))) {
      if (number++ === 0 || !line) continue;
      const [identifier = '', title, credits, start] = line.split(';').map((cell) => cell.trim());
      const path = `line ${number}`;
      if (title) yield { identifier, path, raw: { title, credits, start } };
      else yield fault(identifier, path, 'missing-title', line);
    }
  },

  open: (raw, _, reading) =>
    isObject(raw)
      ? { main: new Spot(jsonSyntax, reading, { value: raw, path: '' }), parts: [] }
      : { path: '', rule: 'not-a-record' },
  named: ({ main }) => ({ spot: main.at('title') }),

  elements({ main }) {
    const load = createWorkload();
    // The third column of the specification: "ECTS credits".
    load.credits(main.at('credits'), 'ECTS');
    const start = readStart(main.at('start'));
    const id = start.startDate ?? start.startText;
    return { workload: load.element(), opportunities: id ? [{ id, path: '', ...start }] : [] };
  },
});
