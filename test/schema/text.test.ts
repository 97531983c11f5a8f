import { describe, expect, test } from 'vitest';
import { isFiller, langStrings, plainText, splitOutcomes } from '../../schema/parse/text.ts';

describe('plainText', () => {
  test.each([
    ['plain', 'plain'],
    ['  two   blanks\t\u00a0here ', 'two blanks here'],
    ['<p>Hello<br/>\r\nWorld &amp; &eacute;t&eacute;</p>', 'Hello\nWorld & été'],
    ['<ul><li>one</li><li><p>two</p></li><li></li></ul>', '- one\n- two'],
    ['a\r<br/>b\r<br/>\r<br/>c', 'a\nb\n\nc'],
    ['a\r\nb\rc', 'a\nb\nc'],
    ['&lt;p&gt;coded once&lt;/p&gt;', 'coded once'],
    ['&amp;lt;b&amp;gt;coded twice', 'coded twice'],
    ['AT&T, R&D, ?a=1&copy=2', 'AT&T, R&D, ?a=1&copy=2'],
    ['5 < 6 & 7 > 3', '5 < 6 & 7 > 3'],
    ['I <3 you', 'I <3 you'],
    ['List<String> in Java', 'List<String> in Java'],
    ['text<BR>next', 'text\nnext'],
    ['see <https://example.org/a?b=c>', 'see https://example.org/a?b=c'],
    ['x<script>alert(1)</script>y', 'xy'],
    ['<style>p{}</style>x', 'x'],
    ['x<script>never closed', 'xnever closed'],
    ['<!-- hidden -->x', 'x'],
    ['x<!-- open', 'x<!-- open'],
    ['<img src=x onerror=alert(1)>x', 'x'],
    ['<<b>script>alert(1)<</b>/script>', ''],
    ['<td>a</td><td>b</td>', 'a b'],
    ['**bold** and __strong__', 'bold and strong'],
    ['[the page](https://example.org/x "t")', 'the page'],
    ['## Heading\ntext', 'Heading\ntext'],
    ['### Heading ###\nC #', 'Heading\nC #'],
    ['C# and 5 * 3 * 2 and snake_case__x', 'C# and 5 * 3 * 2 and snake_case__x'],
    ['a\u0000b\u0007c', 'abc'],
    ['ab\u202ecd\u2066e\u200f', 'abcde'],
    ['lone \ud800 and \udc00 end', 'lone and end'],
    ['pair \ud83d\ude00', 'pair \ud83d\ude00'],
    ['it\u0092s', 'it’s'],
    ['soft\u00adhyphen zero\u200bwidth \ufeffbom', 'softhyphen zerowidth bom'],
    ['a\n\n\n\n\nb', 'a\n\nb'],
    ['&#x41;&#66;', 'AB'],
    ['', ''],
  ])('%j', (input, wanted) => expect(plainText(input)).toBe(wanted));

  const seeds = [
    '<',
    '>',
    '&',
    'amp;',
    'lt;',
    '&lt;',
    '<b>',
    '</b>',
    '<li>',
    '**',
    '*',
    '__',
    '_',
    '[',
    '](https://x)',
    '#',
    '# ',
  ];
  const bits = [
    ...seeds,
    '\n',
    ' ',
    '-',
    'a',
    'B',
    '<script>',
    '</script>',
    '<!--',
    '-->',
    '\ud800',
    '\udc00',
    '\u202e',
    '\r',
    '&#38;',
    '\ufdd0',
  ];
  test('is idempotent, well-formed and free of what no reader sees, on 4,000 nasty texts', () => {
    let state = 42;
    const random = (n: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return Math.floor((state / 2 ** 32) * n);
    };
    for (let i = 0; i < 4000; i++) {
      const text = Array.from({ length: 1 + random(24) }, () => bits[random(bits.length)]).join('');
      const once = plainText(text);
      expect(plainText(once), JSON.stringify(text)).toBe(once);
      expect(once.isWellFormed()).toBe(true);
      expect(once).not.toMatch(/(?!\n)\p{Cc}|\p{Bidi_Control}|\r/u);
      expect(once).toBe(once.trim());
    }
  });

  test.each([
    '<',
    '<b>',
    '</',
    '<!--',
    '<a ',
    '&amp;',
    '**',
    '__',
    '[',
    '[a](',
    '# ',
    ' ',
    '\n',
    '<a b="',
    '<script>',
    '<li>',
  ])(
    '1 MB of %j are read in linear time',
    (unit) => {
      const started = performance.now();
      plainText(unit.repeat(1_000_000 / unit.length));
      expect(performance.now() - started).toBeLessThan(3000);
    },
    20_000,
  );

  test('layers of encoding without end come to rest', () => {
    const deep = `&${'amp;'.repeat(50)}lt;b&gt;`;
    expect(plainText(plainText(deep))).toBe(plainText(deep));
  });
});

describe('isFiller', () => {
  test.each([
    '',
    ' ',
    '-',
    '--',
    '…',
    'n/a',
    'N/A',
    'n.a.',
    'TODO',
    'undefined',
    'null',
    'None',
    'tbd',
    'TBA',
    'Keine Angabe',
    '(Nicht festgelegt)',
    'k.A.',
    'Non renseigné',
    'n.v.t.',
    '[]',
    '{}',
    '[[]]',
    '[object Object]',
    'xxx',
    'Lorem ipsum',
    '???',
    'NA NA',
  ])('%j says nothing', (text) => expect(isFiller(text)).toBe(true));
  test.each([
    '0',
    'A',
    'Nonetheless',
    'Test',
    'Test theory',
    'No prerequisites',
    'Null hypothesis',
    'Free',
    'R',
    '1',
    'ei',
    `n/a ${'x'.repeat(80)}`,
  ])('%j says something', (text) => expect(isFiller(text)).toBe(false));
});

describe('langStrings', () => {
  const en = [{ language: 'en', value: 'Law' }];
  test.each<[unknown, unknown]>([
    ['Law', [{ language: 'und', value: 'Law' }]],
    [[{ language: 'en', value: 'Law' }], en],
    [[{ lang: 'en', string: 'Law' }], en],
    [{ '@value': 'Law', '@language': 'en' }, en],
    [
      [
        { '@value': 'Law', '@language': 'en' },
        { '@value': 'Õigus', '@language': 'et' },
      ],
      [...en, { language: 'et', value: 'Õigus' }],
    ],
    [{ en: 'Law', et: ['Õigus'] }, [...en, { language: 'et', value: 'Õigus' }]],
    [{ 'en-US': 'Law' }, [{ language: 'en-US', value: 'Law' }]],
    [{ strings: [{ lang: 'EN', value: 'Law' }] }, en],
    [[[{ language: 'en', value: 'Law' }]], en],
    [{ language: 'nl_NL', value: '<p>Recht&amp;orde</p>' }, [{ language: 'nl-NL', value: 'Recht&orde' }]],
    [
      [
        { language: 'en', value: 'Law' },
        { language: 'en', value: 'Law ' },
      ],
      en,
    ],
    [{ en: '', et: '-', fi: null }, []],
    [{ name: 'Law', id: '7' }, []],
    [{ language: 'xx', value: 'Law' }, [{ language: 'und', value: 'Law' }]],
    [{ und: 'Law' }, [{ language: 'und', value: 'Law' }]],
    ['undefined', []],
    [null, []],
    [undefined, []],
    [42, []],
    [true, []],
    [{}, []],
  ])('%j', (input, wanted) => expect(langStrings(input)).toEqual(wanted));

  test('untagged text gets the fallback; tagged text keeps its tag', () => {
    expect(langStrings(['Law', { language: 'et', value: 'Õigus' }], 'ENG')).toEqual([
      { language: 'en', value: 'Law' },
      { language: 'et', value: 'Õigus' },
    ]);
  });
  test('deep nesting ends', () => {
    let deep: unknown = 'x';
    for (let i = 0; i < 10_000; i++) deep = [deep];
    expect(langStrings(deep)).toEqual([]);
  });
});

describe('splitOutcomes', () => {
  test.each<[string, string[]]>([
    ['After this course you can:\n- plan a trial\n- read a\n  report', ['plan a trial', 'read a report']],
    ['Knowledge:\n- a fact\nSkills:\n- a deed', ['a fact', 'a deed']],
    ['• plan a trial • read a report', ['plan a trial', 'read a report']],
    ['1. plan a trial 2. read a report 3. write one', ['plan a trial', 'read a report', 'write one']],
    ['1) plan\n2) read', ['plan', 'read']],
    ['a) plan\nb) read', ['plan', 'read']],
    ['-Explain law\n-Apply law', ['Explain law', 'Apply law']],
    ['LO1: plan\nLO2: read', ['plan', 'read']],
    ['plan a trial\nread a report', ['plan a trial', 'read a report']],
    ['Plans a trial of 1.5 ECTS.', ['Plans a trial of 1.5 ECTS.']],
    ['Only a lead-in:', ['Only a lead-in:']],
    ['- plan\n- plan\n- -\n- n/a', ['plan']],
    ['', []],
    ['TODO', []],
    ['judge a breach;', ['judge a breach']],
    ['- tie a knot;\n- untie it , \n- teach both.', ['tie a knot', 'untie it', 'teach both.']],
  ])('%j', (text, wanted) => expect(splitOutcomes(text)).toEqual(wanted));
});
