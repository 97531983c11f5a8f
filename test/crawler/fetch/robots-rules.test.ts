import { expect, test } from 'vitest';
import { decidingRule, parseRobots } from '../../../crawler/fetch/robots-rules.ts';

const allowed = (text: string, path: string) => decidingRule(parseRobots(text, 'Credatlas'), path)?.allow ?? true;
const star = (...rules: string[]) => `User-agent: *\n${rules.join('\n')}\n`;

test.each<[string, string, string, boolean]>([
  ['nothing said', '', '/x', true],
  ['all forbidden', star('Disallow: /'), '/x', false],
  ['an empty Disallow forbids nothing', star('Disallow:'), '/x', true],
  ['our own group counts alone', `${star('Disallow: /')}User-agent: Credatlas\nDisallow: /p`, '/x', true],
  ['whatever its case', `${star('Disallow: /')}user-agent: CREDATLAS\nDisallow: /p`, '/p', false],
  ['and if it is empty', `${star('Disallow: /')}\nUser-agent: credatlas\n`, '/x', true],
  ['and with a version', 'User-agent: Credatlas/1.0\nDisallow: /', '/x', false],
  ['the start of our name is not our name', 'User-agent: Cred\nDisallow: /', '/x', true],
  ['nor is a longer name', 'User-agent: CredatlasBot\nDisallow: /', '/x', true],
  [
    'our groups are put together',
    'User-agent: credatlas\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: credatlas\nDisallow: /b',
    '/b',
    false,
  ],
  [
    'so are those of everybody',
    `${star('Disallow: /a')}User-agent: x\nDisallow: /\n${star('Disallow: /b')}`,
    '/b',
    false,
  ],
  ['a group for several', 'User-agent: x\nUser-agent: credatlas\nDisallow: /b', '/b', false],
  ['blank lines do not end a group', 'User-agent: credatlas\n\n\nDisallow: /b', '/b', false],
  ['nor do other records', 'User-agent: credatlas\nSitemap: https://e.org/s\nUser-agent: x\nDisallow: /b', '/b', false],
  ['nor a crawl delay', 'User-agent: x\nCrawl-delay: 3\nUser-agent: credatlas\nDisallow: /b', '/b', false],
  ['rules before any group count for nobody', `Disallow: /\n${star('Disallow: /a')}`, '/b', true],
  ['the longest rule wins: allow', star('Disallow: /a', 'Allow: /a/b'), '/a/b/c', true],
  ['the longest rule wins: disallow', star('Allow: /a', 'Disallow: /a/b'), '/a/b/c', false],
  ['a tie is a yes', star('Disallow: /a', 'Allow: /a'), '/a', true],
  ['a tie is a yes in any order', star('Allow: /a', 'Disallow: /a'), '/a', true],
  [
    'example of the RFC',
    star('Allow: /example/page/', 'Disallow: /example/page/disallowed.gif'),
    '/example/page/disallowed.gif',
    false,
  ],
  ['* in the middle', star('Disallow: /*.php'), '/x/y.php?q', false],
  ['* at the start', star('Disallow: *b'), '/ab', false],
  ['$ at the end', star('Disallow: /*.php$'), '/x.php', false],
  ['$ at the end, more follows', star('Disallow: /*.php$'), '/x.php?q', true],
  ['$ with a second chance', star('Disallow: /*a$'), '/xaya', false],
  ['$ elsewhere is a dollar', star('Disallow: /a$b'), '/a$b', false],
  ['%24 is a dollar', star('Disallow: /a%24'), '/a$', false],
  ['%24 is not an end', star('Disallow: /a%24'), '/a', true],
  ['%2A is a star', star('Disallow: /a%2Ab'), '/axxb', true],
  ['a star in the path is a star', star('Disallow: /a%2Ab'), '/a*b', false],
  ['unreserved characters are decoded', star('Disallow: /%7Ejoe'), '/~joe', false],
  ['other characters are encoded', star('Disallow: /café'), '/caf%C3%A9', false],
  ['example of the RFC, other way', star('Disallow: /foo/bar/%E3%83%84'), '/foo/bar/ツ', false],
  ['hex in any case', star('Disallow: /a%3cd'), '/a%3Cd', false],
  ['an encoded slash is no slash', star('Disallow: /a%2Fb'), '/a/b', true],
  ['the query counts', star('Disallow: /*?id='), '/x?id=3', false],
  ['paths have a case', star('Disallow: /B'), '/b', true],
  ['comments', 'User-agent: * # all\nDisallow: /b # secret', '/b', false],
  ['spaces', '  user-agent :  *  \n  disallow :  /b  ', '/b', false],
  ['a byte order mark', `\uFEFF${star('Disallow: /b')}`, '/b', false],
  ['CR LF', 'User-agent: *\r\nDisallow: /b\r\n', '/b', false],
  ['CR alone', 'User-agent: *\rDisallow: /b', '/b', false],
  ['a rule that is no path', star('Disallow: b'), '/b', true],
  [
    'HTML around it spoils the first line only',
    `<html><body>${star('Disallow: /')}${star('Disallow: /a')}`,
    '/b',
    true,
  ],
  ['HTML without rules', '<!doctype html><title>Not found</title><p>Disallow: / is not a rule here</p>', '/b', true],
])('%s', (_, text, path, expected) => {
  expect(allowed(text, path)).toBe(expected);
});

test('a crawl delay is read, nonsense is not', () => {
  expect(parseRobots(star('Crawl-delay: 2.5', 'Disallow: /a'), 'Credatlas').crawlDelay).toBe(2.5);
  expect(parseRobots(star('Crawl-delay: soon'), 'Credatlas').crawlDelay).toBeUndefined();
  expect(parseRobots(star('Crawl-delay: -1'), 'Credatlas').crawlDelay).toBeUndefined();
});

test('a pattern made to explode does not', () => {
  const started = performance.now();
  const text = star(`Disallow: /${'*a'.repeat(1000)}$`);
  expect(allowed(text, `/${'a'.repeat(8000)}b`)).toBe(true);
  expect(performance.now() - started).toBeLessThan(500);
});
