import { describe, expect, test } from 'vitest';
import { guard } from '../../catalogue/store/sweep.ts';
import { Guard } from '../../schema/index.ts';

const facts = { before: 100, created: 0, spoiled: 0, seen: 100, rejected: 0 };
const unseen = (live: number, missing = 0) => [
  ...Array.from({ length: live }, () => ({ live: true })),
  ...Array.from({ length: missing }, () => ({ live: false })),
];
const defaults = Guard.parse({});

describe('what is held', () => {
  test.each([
    ['5 % gone is ordinary churn', unseen(5), { seen: 95 }, undefined],
    ['exactly the share may go', unseen(20), { seen: 80 }, undefined],
    ['one more than the share', unseen(21), { seen: 79 }, 'shrunk'],
    ['two of three may go', unseen(2), { before: 3, seen: 1 }, undefined],
    ['three of four may not', unseen(3), { before: 4, seen: 1 }, 'shrunk'],
    ['the only record of a source', unseen(1), { before: 1, seen: 1, rejected: 1 }, 'empty'],
    ['both of two, whatever else the feed says', unseen(2), { before: 2, seen: 4 }, 'empty'],
    ['the last one after the other went missing', unseen(1, 1), { before: 2, seen: 1 }, 'empty'],
    ['an empty feed', unseen(100), { seen: 0 }, 'empty'],
    ['an empty feed of a source that had nothing', [], { before: 0, seen: 0 }, undefined],
    ['an empty feed while most records are within their grace', unseen(2), { before: 12, seen: 0 }, 'empty'],
    ['records whose grace is over may all go', unseen(0, 60), { seen: 40 }, undefined],
    ['new records come and none goes', [], { created: 500, seen: 600 }, undefined],
    ['half the identifiers replaced', unseen(50), { created: 50, seen: 100 }, 'churn'],
    ['all identifiers replaced', unseen(100), { created: 100, seen: 100 }, 'churn'],
    ['both records of two replaced', unseen(2), { before: 2, created: 2, seen: 2 }, 'churn'],
    ['half of the feed unreadable, some unseen', unseen(3), { seen: 100, rejected: 50 }, 'unreadable'],
    ['half of the feed unreadable, all of it known', [], { seen: 100, rejected: 50, spoiled: 50 }, 'unreadable'],
    ['just under half', unseen(3), { seen: 100, rejected: 49 }, undefined],
    ['unreadable from the first day, nothing to lose', [], { before: 0, seen: 10, rejected: 9 }, undefined],
    ['two unreadable records of two', [], { before: 2, seen: 2, rejected: 2, spoiled: 2 }, undefined],
  ])('%s', (_, gone, more, kind) => {
    expect(guard(gone, { ...facts, ...more }, defaults)?.kind).toBe(kind);
  });

  test('the source sets its own limits', () => {
    const gone = unseen(30);
    expect(guard(gone, { ...facts, seen: 70 }, { ...defaults, share: 0.3 })).toBeUndefined();
    expect(guard(gone, { ...facts, seen: 100, created: 30 }, { ...defaults, share: 1, churn: 0.3 })?.kind).toBe(
      'churn',
    );
    expect(guard(unseen(1), { ...facts, rejected: 10 }, { ...defaults, unreadable: 0.1 })?.kind).toBe('unreadable');
  });

  test('the reason says the numbers', () => {
    expect(guard(unseen(90), { ...facts, seen: 10 }, defaults)?.reason).toMatch(/90 of 100 .* 20 /);
  });
});
