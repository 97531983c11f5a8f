import { describe, expect, test } from 'vitest';
import { createOutput } from '../../../commands/output.ts';
import { jsonLine, printable } from '../../../commands/terminal/printable.ts';
import { type Column, table } from '../../../commands/terminal/table.ts';
import { cut, displayWidth, pad } from '../../../commands/terminal/width.ts';
import { wrap } from '../../../commands/terminal/wrap.ts';

describe('what reaches a terminal', () => {
  test.each([
    ['a\nb\r\tc', 'a\\nb\\r\\tc'],
    ['\u001b[31mred\u001b[0m', '\\x1b[31mred\\x1b[0m'],
    ['\u001b]8;;https://evil.example\u0007x', '\\x1b]8;;https://evil.example\\x07x'],
    ['\u009bA \u007f', '\\x9bA \\x7f'],
    ['\u202eabc\u2069', '\\u202eabc\\u2069'],
    ['zero\u200bwidth\ufeff', 'zero\\u200bwidth\\ufeff'],
    ['half \ud800 and \udc00', 'half \\ud800 and \\udc00'],
    ['Zürich 学习 👩‍🏫 می‌خواهم 𝒳', 'Zürich 学习 👩‍🏫 می‌خواهم 𝒳'],
    ['C:\\new', 'C:\\new'],
  ])('%j', (text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  test('every code point: nothing passes that moves a cursor, hides or turns text; JSON means the same', () => {
    for (let code = 0; code <= 0x3000; code++) {
      const char = String.fromCodePoint(code);
      const shown = printable(char);
      if (/[\p{Cc}\u2028\u2029]/u.test(char) || /\p{Bidi_Control}/u.test(char)) {
        expect(shown, code.toString(16)).toMatch(/^\\[\x20-\x7e]+$/);
      }
      const json = jsonLine({ [char]: char });
      expect(json).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u);
      expect(JSON.parse(json)).toEqual({ [char]: char });
    }
  });
});

describe('columns that a text takes', () => {
  test.each([
    ['', 0],
    ['plain', 5],
    ['学习', 4],
    ['한국어', 6],
    ['ｆｕｌｌ', 8],
    ['e\u0301', 1],
    ['Z̤̈a', 2],
    ['👩‍🏫', 2],
    ['🇳🇱', 2],
    ['❤️', 2],
    ['✓ ok', 4],
    ['…', 1],
    ['हिन्दी', 5],
    ['\u1112\u1161\u11ab', 2],
    ['1️⃣', 2],
    ['3 × ½', 5],
  ])('%s is %i wide', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  test('cut and pad keep whole characters and the width', () => {
    expect(cut('学习数据分析', 7)).toBe('学习数…');
    expect(cut('学习数据分析', 6)).toBe('学习…');
    expect(cut('👩‍🏫👩‍🏫👩‍🏫', 4)).toBe('👩‍🏫…');
    expect(cut('e\u0301e\u0301e\u0301', 2)).toBe('e\u0301…');
    expect(cut('fits', 4)).toBe('fits');
    expect(pad('学', 4)).toBe('学  ');
    for (let width = 0; width < 20; width++)
      expect(displayWidth(cut('a学👩‍🏫e\u0301 lang', width))).toBeLessThanOrEqual(width);
  });
});

describe('wrapping', () => {
  const long = `  3 would go: ${Array.from({ length: 30 }, (_, n) => `identifier-${n},`).join(' ')} https://x.example/${'path/'.repeat(40)} 学习${'数据'.repeat(60)} end`;
  test.each([20, 33, 80, 200])('at %i columns nothing is lost and no line is wider', (width) => {
    const lines = wrap(long, width);
    for (const line of lines) expect(displayWidth(line), line).toBeLessThanOrEqual(width);
    expect(lines.join('').replace(/ +/g, '')).toBe(long.replace(/ +/g, ''));
    // Words that fit are not broken.
    if (width >= 33) for (let n = 0; n < 30; n++) expect(lines.join('\n')).toContain(`identifier-${n},`);
    expect(lines[1]).toMatch(/^ {6}\S/);
  });

  test('edges', () => {
    expect(wrap('', 20)).toEqual(['']);
    expect(wrap('short', 20)).toEqual(['short']);
    expect(wrap(`${' '.repeat(60)}x`, 20).every((line) => line.length <= 20)).toBe(true);
    expect(wrap('x'.repeat(45), 20)).toEqual(['x'.repeat(20), `    ${'x'.repeat(16)}`, `    ${'x'.repeat(9)}`]);
    expect(wrap('学'.repeat(25), 21).every((line) => displayWidth(line) <= 21)).toBe(true);
  });
});

describe('tables', () => {
  interface Row {
    id: string;
    state: string;
    seen: number;
    title: string;
  }
  const columns: Column<Row>[] = [
    { title: 'id', of: ({ id }) => id },
    { title: 'state', of: ({ state }) => state },
    { title: 'seen', of: ({ seen }) => String(seen), spare: true },
    { title: 'title', of: ({ title }) => title, least: 8 },
  ];
  const row = (id: string, title: string): Row => ({ id, state: 'ok', seen: 7, title });

  test('columns stand under each other, also with wide letters', () => {
    const lines = table(columns, [row('学习', 'one'), row('abcd', 'two')], 80);
    expect(lines).toEqual(['id    state  seen  title', '学习  ok     7     one', 'abcd  ok     7     two']);
  });

  test('long texts are cut, spare columns go first, ids stay whole', () => {
    const rows = [row('an-id-of-some-length', 'a title that is long'), row('b', '学习数据分析与可视化的基础课程')];
    const some = table(columns, rows, 46);
    expect(some[1]).toBe('an-id-of-some-length  ok     7     a title th…');
    const few = table(columns, rows, 38);
    expect(few[0]).toBe('id                    state  title');
    for (const line of [...some, ...few]) expect(displayWidth(line)).toBeLessThanOrEqual(46);
  });

  test.each([20, 30, 50])('what cannot stand side by side at %i columns becomes lines of its own', (width) => {
    const id = 'x'.repeat(63);
    const lines = table(columns, [row(id, 'a title'), { ...row('b', '-'), state: '' }], width);
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
    expect(lines.join('').replace(/ /g, '')).toContain(id);
    expect(lines.join(' ').replace(/ +/g, ' ')).toContain('state ok, seen 7, title a title');
    expect(lines.slice(-2)).toEqual(['b', '  seen 7']);
  });

  test('cells are made harmless', () => {
    expect(table(columns, [row('a', '\u001b[31mx\ny')], 80)[1]).toBe('a   ok     7     \\x1b[31mx\\ny');
  });
});

describe('a command writes', () => {
  const streams = (columns?: number) => {
    const written = { stdout: '', stderr: '' };
    const stream = (name: keyof typeof written) =>
      ({
        isTTY: columns !== undefined,
        columns,
        write(text: string) {
          written[name] += text;
          return true;
        },
      }) as never;
    return { written, on: { stdout: stream('stdout'), stderr: stream('stderr') } };
  };
  const evil = `\u001b]0;title\u0007 \n ${'学习 '.repeat(60)}\u202e`;

  test.each([
    [undefined, 80],
    [80, 80],
    [132, 132],
    [40, 40],
    [0, 80],
    [5, 20],
  ])('to a stream of %s columns: lines of at most %i', (columns, width) => {
    const { written, on } = streams(columns);
    const output = createOutput({ json: false }, on);
    expect(output.width).toBe(width);
    output.say(evil);
    output.progress(evil);
    output.progress(evil);
    output.done();
    output.emit({ nothing: evil });
    const lines = written.stdout.trimEnd().split('\n');
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
    expect(lines.some((line) => displayWidth(line) > width - 8)).toBe(true);
    expect(written.stdout).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
    if (columns === undefined) expect(written.stderr).toBe('');
    else {
      // One line that renews itself, never so wide that the terminal would wrap it.
      const shown = written.stderr.split('\r\u001b[2K');
      expect(shown).toHaveLength(4);
      for (const line of shown) {
        expect(line).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
        expect(displayWidth(line)).toBeLessThan(width);
      }
    }
  });

  test('--json: the exact value, in harmless bytes, whatever the width', () => {
    const { written, on } = streams(40);
    const output = createOutput({ json: true }, on);
    output.say(evil);
    output.emit({ [evil]: evil });
    expect(JSON.parse(written.stdout)).toEqual({ [evil]: evil });
    expect(written.stdout).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
    expect(written.stdout.match(/\n/g)).toHaveLength(1);
  });
});
