import { describe, expect, test } from 'vitest';
import { maskContacts } from '../../../crawler/persons/mask-contacts.ts';

const CONTACTS = [
  '[Anna Smith](mailto:anna@x.org)',
  '&lt;a href="mailto:anna@x.org"&gt;Anna Smith&lt;/a&gt;',
  'anna&amp;amp;#64;x.org',
  'anna<b>@</b>x.org',
  'anna\u200b@x.org',
  'anna&amp;#64;x.org',
  'anna.canary@uni-x.example',
  'Write to anna@uni.de.',
  'mailto:anna@x.org?subject=Hi',
  '<a href="mailto:anna@x.org">Anna Smith</a> x',
  '<a href="mailto:anna@x.org"Anna Smith</a> x',
  'Anna Smith <anna@x.org>',
  'https://x.org/apply?to=anna%40x.org&y=1',
  'https://x.org/apply?to=anna@x.org',
  'https://anna:pw@x.org/path',
  'https://anna@x.org/',
  'anna&#64;x.org',
  'anna&#x40;x.org',
  'anna (at) uni-x.de',
  'anna[at]x[dot]org',
  'anna＠x.org',
  '"anna canary"@x.org',
  "o'neil@x.ie",
  'ünal@straße.de',
  'a+b@sub.x.co.uk',
  '/cdn-cgi/l/email-protection#a1b2c3d4e5',
  'name@xn--bcher-kva.example',
  '+49 30 1234567',
  '+44 20 7946 0999',
  '+44 (0)20 7946 0999',
  '0049 30 123456 78',
  '(030) 123456',
  '030/1234567',
  '030 123 45 67',
  '020 7946 0123',
  '01 23 45 67 89',
  '+372 640 9200',
  '+3726409200',
  'Tel: 640 9200',
  'tel. 912 345 678',
  'Tlf. 33 12 34 56',
  'Puh. 050 123 4567',
  'Telefon 22 345 67 89',
  'call 555-123-4567 now',
  '(555) 123-4567',
  'tel:+49-30-1234567',
  'https://x.org/?p=%2B49301234567',
  '☎ 12345678',
  'ring 01234 567890 by',
  '+358 9 1234 5678',
  '+41 44 668 18 00',
  'phone: 0441234567',
  '0800 123 4567',
  'Ring 0441 9690123',
  '+1-202-555-0143',
  '(+49) 30 123456',
  'GSM 0475 12 34 56',
  '+33 1 23 45 67 89, or',
  'T +31 20 123 4567',
  'M: 06-12345678',
  '06-12345678',
  'Κινητό: 6912345678',
  'Телефон: 02 987 65 43',
  'https://wa.me/491701234567',
  '00 49 30 901820',
];

const OTHERS = [
  'ISBN-10: 0691001855.',
  'ISBN 0120445654 x',
  '(ISBN: 0981519423)',
  '2027-03-01',
  '2027-03-01T09:00:00Z',
  '2027-03-01 09:00:00',
  '01.02.2024 - 03.04.2025',
  '01/02/2024',
  '01.02.2024 10:00',
  '978-3-16-148410-0',
  '0-306-40615-2',
  'ISBN 9783161484100',
  'ISSN 0317-8471',
  'ce-5bd1a5c2-0000-4b4c-9b4c-012345678901',
  '5bd1a5c2-1234-4b4c-9b4c-012345678901',
  '1 234 567,89 EUR',
  '€ 1 200 000',
  '0.123456789',
  'DE89 3704 0044 0532 0130 00',
  'BE 0403.170.701',
  '552 100 554 00013',
  '12345678901234',
  'CHEM-101-2024',
  'EDU-2024-001234',
  'https://x.org/course/0123456789',
  'https://x.org/2024/05/12345678',
  '@type',
  '@id',
  'user@',
  'logo@2x.png',
  'https://medium.com/@anna/x',
  'https://www.google.com/maps/@48.85,2.35,15z',
  '2024/2025',
  '09:00-17:00',
  '10 20 30 40 50 60',
  '1,5 ECTS',
  '120 hours',
  'EQF 5',
  'urn:uuid:01234567-89ab-cdef-0123-456789abcdef',
  '0000-0002-1825-0097',
  '10.5281/zenodo.1234567',
  '100 000 - 200 000',
  '1500 - 2000',
  '0012345',
  '2024-2025',
  '48.8566, 2.3522',
  '48.85661234 2.35221234',
  'http://data.europa.eu/snb/isced-f/0613',
  '0613',
  '01.09.2024',
  '2024.09.01',
  '20240901',
  'FI-0245437-2',
  'UKPRN 10007774',
  'ects 30 60 90 120',
  'https://ror.org/02jx3x895',
  '01.10.2025–31.03.2026',
  '1.10.2025-31.3.2026',
  '05/2024 - 12/2024',
  '09.00 - 17.00',
  'Version 1.2.3.4.5',
  '192.168.100.200',
  'H 0123',
  '3 x 45 min',
  '01.09.2024, 02.10.2024, 03.11.2024',
  '2 500,00 €',
  'km 12 345',
  'lat 59.436962',
  '10:00 01.02.25',
  '12 34 56',
  '1. 2. 3. 4. 5. 6.',
  '25-26-27-28-29',
  'https://www.youtube.com/watch?v=0123456789A',
  '00:00:00.000000',
  '2024-W05',
  'Mo 09:00-12:30, Di 14:00-17:00',
  '0,00',
  '0.00 0.00',
  '1:2:3',
  'T1 2024 / T2 2025 10',
  'm 1234567',
  'at 1 2024 10 30 22',
];

describe('masking', () => {
  test.each(CONTACTS)('%s', (text) => {
    const { text: masked, emails, telephones } = maskContacts(text);
    expect(emails + telephones).toBeGreaterThan(0);
    expect(masked).not.toMatch(/anna|canary|smith|@|\d{5}|\d\d \d\d/i);
    expect(maskContacts(masked).text).toBe(masked);
  });

  test.each(OTHERS)('%s stays', (text) => {
    expect(maskContacts(text)).toEqual({ text, emails: 0, telephones: 0 });
  });

  test('what stands around stays, and an address stays one', () => {
    expect(maskContacts('Write to Dr. Anna Smith <anna@x.example>, room 5, before 2027-03-01.').text).toBe(
      'Write to [e-mail removed], room 5, before 2027-03-01.',
    );
    expect(maskContacts('https://x.example/apply?to=anna%40x.example&course=5').text).toBe(
      'https://x.example/apply?to=e-mail-removed&course=5',
    );
    expect(maskContacts('https://anna:secret@x.example/a').text).toBe('https://x.example/a');
  });

  test('the time it takes grows with the text, whatever stands in it', () => {
    const evil = [
      'a',
      'a@',
      '1 ',
      '1',
      '<a ',
      '://',
      'mailto:',
      'A ',
      '(at)',
      '"',
      'x@a.',
      '+1 ',
      'Anna ',
      '&lt;a ',
      '[a](',
      '<b>',
      '0 (',
      '.@',
    ];
    const time = (text: string) => {
      const started = process.cpuUsage().user;
      maskContacts(text);
      return process.cpuUsage().user - started;
    };
    for (const piece of evil) {
      const least = Math.min(...[1, 2, 3].map(() => time(`${piece.repeat(10_000)} a@b.example`)));
      const most = Math.min(...[1, 2, 3].map(() => time(`${piece.repeat(80_000)} a@b.example`)));
      // 8 times the text; quadratic would be 64 times.
      expect(most, piece).toBeLessThan(Math.max(least, 5_000) * 32);
    }
  });
});
