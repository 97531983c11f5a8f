import { describe, expect, test } from 'vitest';
import { blackoutEnd } from '../../crawler/harvest/blackout.ts';
import { Politeness } from '../../schema/source.ts';

const at = (time: string) => new Date(`2031-03-14T${time}Z`);
const end = (windows: string[], time: string) => blackoutEnd(windows, at(time))?.toISOString();

describe('blackout windows', () => {
  test.each([
    [[], '12:00:00', undefined],
    [['08:00-10:00'], '07:59:59', undefined],
    [['08:00-10:00'], '08:00:00', '2031-03-14T10:00:00.000Z'],
    [['08:00-10:00'], '09:59:59', '2031-03-14T10:00:00.000Z'],
    [['08:00-10:00'], '10:00:00', undefined],
    [['22:00-06:00'], '23:30:00', '2031-03-15T06:00:00.000Z'],
    [['22:00-06:00'], '05:00:10', '2031-03-14T06:00:00.000Z'],
    [['22:00-06:00'], '06:00:00', undefined],
    [['08:00-10:00', '09:30-11:00'], '08:15:00', '2031-03-14T11:00:00.000Z'],
    [['22:00-00:00', '00:00-02:00'], '22:30:00', '2031-03-15T02:00:00.000Z'],
    [['00:00-00:00'], '12:00:00', '2031-03-15T12:00:00.000Z'],
  ])('%j at %s', (windows, time, expected) => {
    expect(end(windows, time)).toBe(expected);
  });

  test.each(['8:00-10:00', '24:00-25:00', '08:60-09:00', '08:00', 'night'])('%s is no window', (window) => {
    expect(Politeness.safeParse({ blackout: [window] }).success).toBe(false);
  });
});
