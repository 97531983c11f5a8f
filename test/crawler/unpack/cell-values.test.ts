import { describe, expect, test } from 'vitest';
import { kindOfFormat, numberText } from '../../../crawler/unpack/cell-values.ts';

describe('what the numbers of a format are', () => {
  test.each([
    [0, undefined, 'number'],
    [2, undefined, 'number'],
    [14, undefined, 'date'],
    [17, undefined, 'date'],
    [20, undefined, 'time'],
    [22, undefined, 'date-time'],
    [46, undefined, 'length'],
    [57, undefined, 'date'],
    [9, undefined, 'number'],
    [164, 'General', 'number'],
    [164, '0.00E+00', 'number'],
    [164, '#,##0.00 "days"', 'number'],
    [164, '0 \\d', 'number'],
    [164, '[Red]0;[Blue]-0', 'number'],
    [164, '_-* #,##0.00 [$€-407]_-', 'number'],
    [164, '[$-409]mmmm d, yyyy', 'date'],
    [164, 'yyyy-mm-dd', 'date'],
    [164, 'TT.MM.JJJJ', 'date'],
    [164, 'dd/mm/yyyy hh:mm;@', 'date-time'],
    [164, 'h:mm AM/PM', 'time'],
    [164, '[h]:mm', 'length'],
    [164, 'mmm', 'date'],
    [14, '0.0', 'number'],
  ] as const)('%i %s: %s', (id, code, kind) => expect(kindOfFormat(id, code)).toBe(kind));
});

describe('a number as text', () => {
  test.each([
    ['2.4999999999999996', 'number', '2.5'],
    ['0.30000000000000004', 'number', '0.3'],
    ['1E+05', 'number', '100000'],
    ['1E5', 'number', '100000'],
    ['1.5E-7', 'number', '0.00000015'],
    ['-2.5e-8', 'number', '-0.000000025'],
    ['1.2345E+21', 'number', '1234500000000000000000'],
    ['12345678901234567890', 'number', '12345678901234600000'],
    ['0', 'number', '0'],
    ['-3', 'number', '-3'],
    ['abc', 'number', 'abc'],
    ['1', 'date', '1900-01-01'],
    ['59', 'date', '1900-02-28'],
    ['60', 'date', '60'],
    ['61', 'date', '1900-03-01'],
    ['46266', 'date', '2026-09-01'],
    ['46266.75', 'date', '2026-09-01'],
    ['46266.75', 'date-time', '2026-09-01T18:00'],
    ['46266', 'date-time', '2026-09-01'],
    ['46266.999999999', 'date-time', '2026-09-02'],
    ['46266.3958449074', 'date-time', '2026-09-01T09:30:01'],
    ['0.375', 'time', '09:00'],
    ['1.5', 'length', '36:00'],
    ['-1', 'date', '-1'],
    ['2958465', 'date', '9999-12-31'],
    ['2958466', 'date', '2958466'],
  ] as const)('%s as %s: %s', (written, kind, text) => expect(numberText(written, kind, false)).toBe(text));

  test('days from 1904 on', () => {
    expect(numberText('44804', 'date', true)).toBe('2026-09-01');
    expect(numberText('0', 'date', true)).toBe('1904-01-01');
    expect(numberText('60', 'date', true)).toBe('1904-03-01');
  });
});
