import { describe, expect, test } from 'vitest';
import { ownerOf, searchDomains } from '../../../crawler/discovery/search-domains.ts';

describe('domain search order', () => {
  test.each([
    ['uni-weser.de', ['uni-weser.de']],
    ['www.uni-weser.de', ['www.uni-weser.de', 'uni-weser.de']],
    ['https://www.physik.uni-weser.de/start?x=1', ['www.physik.uni-weser.de', 'physik.uni-weser.de', 'uni-weser.de']],
    ['schac.weser.ac.at https://www.weser.ac.at/', ['schac.weser.ac.at', 'www.weser.ac.at', 'weser.ac.at']],
    ['weser.ac.at;http://www2.courses.weser.ac.at', ['weser.ac.at', 'www2.courses.weser.ac.at', 'courses.weser.ac.at']],
    ['WWW.UNI-WESER.DE.', ['www.uni-weser.de', 'uni-weser.de']],
    ['https://hochschule-münchen.de/', ['xn--hochschule-mnchen-e3b.de']],
  ])('%s', (line, domains) => {
    expect(searchDomains(line)).toEqual(domains);
  });

  test('a tenant of a hosting service is not taken for its landlord', () => {
    expect(searchDomains('college.github.io')).toEqual(['college.github.io']);
    expect(searchDomains('www.college.github.io').at(-1)).toBe('college.github.io');
  });

  test('stripping www never leads to a public suffix', () => {
    expect(searchDomains('www.ac.uk')).toEqual(['www.ac.uk']);
    expect(ownerOf('www.ac.uk')).toBe('www.ac.uk');
    expect(ownerOf('www.uni-weser.de')).toBe('uni-weser.de');
    expect(ownerOf('courses.uni-weser.de')).toBe('courses.uni-weser.de');
  });

  test.each([
    '',
    'localhost',
    '127.0.0.1',
    'http://[::1]/',
    'ac.uk',
    'ftp://uni-weser.de',
    'a b c',
    '169.254.169.254',
    'uni weser',
    `${'x'.repeat(300)}.de`,
    'javascript:alert(1)',
  ])('no domain: %j', (line) => {
    expect(() => searchDomains(line)).toThrow(
      expect.objectContaining({ name: 'ConfigError', remedy: expect.any(String) }),
    );
  });
});
