import { expect, test } from 'vitest';
import { declareShape } from '../../../crawler/record/shape.ts';
import { membersOf } from '../../../crawler/record/shape-members.ts';

const shown = (declared: string) =>
  membersOf(declareShape(declared)).map(
    ({ of, read, kept }) => `${of.join(' ')}: ${read.join(' ')} | ${kept.join(' ')}`,
  );

test.each([
  ['texts and what is only kept', 'title about ext *', [': title about | ext']],
  [
    'objects of the same members are one, whatever their order',
    'price { amount currency } fee { currency amount }',
    [': price fee | ', 'price fee: amount currency | '],
  ],
  [
    'a name of several kinds has what is around it before it',
    'body { name { text } } run { name { first last } }',
    [': body run | ', 'body run: name | ', 'body/name: text | ', 'run/name: first last | '],
  ],
  [
    'one of the record itself has a slash',
    'name { text } run { name { first } }',
    [': name run | ', '/name: text | ', 'run: name | ', 'run/name: first | '],
  ],
  [
    'keywords of JSON-LD and objects of which nothing is read are no members',
    '@id * @type * lecture { } title',
    [': title | '],
  ],
  ['attributes of XML are members', 'start { @dtf }', [': start | ', 'start: @dtf | ']],
])('%s', (_, declared, wanted) => {
  expect(shown(declared)).toEqual(wanted);
});
