import { describe, expect, test } from 'vitest';
import { type GuardFacts, guard } from '../../catalogue/store/guard.ts';
import { Guard } from '../../schema/index.ts';

const facts = { standing: 100, settled: 100, created: 0, spoiled: false, seen: 100, rejected: 0, heldGoing: 0 };
const unseen = (live: number, missing = 0) => ({
  going: live,
  settledGoing: live,
  withdrawing: missing,
  settledUnseen: live + missing,
});
const held = (gone: ReturnType<typeof unseen>, more: Partial<GuardFacts>, limits = defaults) =>
  guard({ ...facts, ...gone, ...more }, limits);
const defaults = Guard.parse({});

describe('what is held', () => {
  test.each([
    ['5 % gone is ordinary churn', unseen(5), { seen: 95 }, undefined],
    ['exactly the share may go', unseen(20), { seen: 80 }, undefined],
    ['one more than the share', unseen(21), { seen: 79 }, 'shrunk'],
    ['two of three may go', unseen(2), { standing: 3, settled: 3, seen: 1 }, undefined],
    ['three of four may not', unseen(3), { standing: 4, settled: 4, seen: 1 }, 'shrunk'],
    ['the only record of a source', unseen(1), { standing: 1, settled: 1, seen: 1, rejected: 1 }, 'empty'],
    ['both of two, whatever else the feed says', unseen(2), { standing: 2, settled: 2, seen: 4 }, 'empty'],
    ['the last one after the other went missing', unseen(1, 1), { standing: 2, settled: 2, seen: 1 }, 'empty'],
    ['an empty feed', unseen(100), { seen: 0 }, 'empty'],
    ['an empty feed of a source that had nothing', unseen(0), { standing: 0, settled: 0, seen: 0 }, undefined],
    [
      'an empty feed while most records are within their grace',
      unseen(2),
      { standing: 12, settled: 12, seen: 0 },
      'empty',
    ],
    ['records whose grace is over may all go', unseen(0, 60), { seen: 40 }, undefined],
    ['new records come and none goes', unseen(0), { created: 500, seen: 600 }, undefined],
    ['half the identifiers replaced', unseen(50), { created: 50, seen: 100 }, 'churn'],
    ['all identifiers replaced', unseen(100), { created: 100, seen: 100 }, 'churn'],
    ['both records of two replaced', unseen(2), { standing: 2, settled: 2, created: 2, seen: 2 }, 'churn'],
    ['half of the feed unreadable, some unseen', unseen(3), { seen: 100, rejected: 50 }, 'unreadable'],
    [
      'half of the feed unreadable, all of it known',
      unseen(0),
      { seen: 100, rejected: 50, spoiled: true },
      'unreadable',
    ],
    ['just under half', unseen(3), { seen: 100, rejected: 49 }, undefined],
    [
      'the only record of a source, under another identifier',
      unseen(1),
      { standing: 1, settled: 1, created: 1 },
      'churn',
    ],
    ['two of two, one of which is replaced', unseen(2), { standing: 2, settled: 2, created: 1, seen: 1 }, 'churn'],
    ['few gone, but an earlier run is held for one of them', unseen(1), { heldGoing: 1, seen: 99 }, 'shrunk'],
    [
      'a third of what is confirmed, hidden by what held runs brought',
      unseen(30),
      { standing: 160, created: 60, seen: 130 },
      'shrunk',
    ],
    [
      'what an incomplete run brought goes again',
      { going: 30, settledGoing: 0, withdrawing: 0, settledUnseen: 0 },
      { standing: 110, settled: 80, created: 30, seen: 80 },
      'shrunk',
    ],
    [
      'unreadable from the first day, nothing to lose',
      unseen(0),
      { standing: 0, settled: 0, seen: 10, rejected: 9 },
      undefined,
    ],
    [
      'two unreadable records of two',
      unseen(0),
      { standing: 2, settled: 2, seen: 2, rejected: 2, spoiled: true },
      undefined,
    ],
  ])('%s', (_, gone, more, kind) => {
    expect(held(gone, more)?.kind).toBe(kind);
  });

  test('the source sets its own limits', () => {
    const gone = unseen(30);
    expect(held(gone, { seen: 70 }, { ...defaults, share: 0.3 })).toBeUndefined();
    expect(held(gone, { seen: 100, created: 30 }, { ...defaults, share: 1, churn: 0.3 })?.kind).toBe('churn');
    expect(held(unseen(1), { rejected: 10 }, { ...defaults, unreadable: 0.1 })?.kind).toBe('unreadable');
  });

  test('the reason says the numbers', () => {
    expect(held(unseen(90), { seen: 10 }, defaults)?.reason).toMatch(/90 of 100 .* 20 /);
  });
});
