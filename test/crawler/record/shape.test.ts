import { describe, expect, test } from 'vitest';
import { createNotes } from '../../../crawler/problems/notes.ts';
import { jsonSyntax } from '../../../crawler/record/json.ts';
import { declareShape, tellUnread, unreadIn } from '../../../crawler/record/shape.ts';
import { Spot } from '../../../crawler/record/spot.ts';
import { SourceDefinition } from '../../../schema/index.ts';

const source = SourceDefinition.parse({
  id: 'shapes',
  title: 'S',
  format: 'f',
  url: '/x',
  publisher: 'p',
  licence: 'l',
});
const spot = (value: unknown) =>
  new Spot(jsonSyntax, { source, notes: createNotes(), language: undefined }, { value, path: '' });

const shape = declareShape('title price { amount currency } outcomes { name } ext *');

describe('what a format declares as read', () => {
  test('whatever is not declared is named by its way, nested too', () => {
    const record = {
      title: 'T',
      price: [{ amount: 3, vat: 1 }, { vat: 2 }],
      owner: { name: 'x' },
      ext: { a: { b: 1 } },
    };
    expect(unreadIn(spot(record), shape)).toEqual(['owner', 'price/vat']);
  });

  test('texts with their languages are read whole; lists in lists are opened', () => {
    const record = {
      title: [{ language: 'en', value: 'T' }, { nl: 'T' }],
      outcomes: [[{ name: 'n', level: 3 }], [[{ x: 1 }]]],
    };
    expect(unreadIn(spot(record), shape)).toEqual(['outcomes/level', 'outcomes/x']);
  });

  test('what says nothing need not be read', () => {
    expect(unreadIn(spot({ owner: null, price: { vat: '' }, rest: [], note: 'n/a' }), shape)).toEqual([]);
  });

  test('every declared name is read, wherever it stands: the door for persons asks for it', () => {
    expect(['title', 'amount', 'outcomes', 'name', 'ext'].filter((name) => !shape.reads(name))).toEqual([]);
    expect(shape.reads('owner')).toBe(false);
  });

  test('is told once a record', () => {
    const record = spot({ a: 1, b: { c: 2 } });
    tellUnread(record, shape);
    tellUnread(spot({ title: 'T' }), shape);
    expect(record.reading.notes.problems).toMatchObject([{ path: '', rule: 'not-mapped', found: 'a, b' }]);
  });
});
