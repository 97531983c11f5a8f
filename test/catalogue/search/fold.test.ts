import { describe, expect, test } from 'vitest';
import { fold, foldPlace, LONGEST_WORD, wordsOf } from '../../../catalogue/search/fold.ts';

describe('fold', () => {
  test.each([
    ['Première ÉTAPE', 'premiere etape'],
    ['Łódź', 'lodz'],
    ['ŁÓDŹ', 'lodz'],
    ['Straße', 'strasse'],
    ['STRASSE', 'strasse'],
    ['STRAẞE', 'strasse'],
    ['Æther Œuvre Ørsted', 'aether oeuvre orsted'],
    ['Þór Ðuro đak ħal', 'thor duro dak hal'],
    ['Ångström', 'angstrom'],
    ['Şişli Diyarbakır İzmir', 'sisli diyarbakir izmir'],
    ['ΣΟΦΊΑΣ', 'σοφιασ'],
    ['σοφίας', 'σοφιασ'],
    ['ΐ', 'ι'],
    ['Йордан', 'иордан'],
    ['КРАТЪК', 'кратък'],
    ['ﬁne x²', 'fine x2'],
    ['e\u0301', 'e'],
    ['plain text 123 ~', 'plain text 123 ~'],
    ['', ''],
  ])('%j is %j', (text, wanted) => {
    expect(fold(text)).toBe(wanted);
    expect(fold(fold(text))).toBe(wanted);
  });
  test('takes lone surrogates', () => expect(fold('a\ud800b')).toBe('a\ufffdb'));
});

describe('wordsOf', () => {
  test.each<[string, string[]]>([
    ['Micro-credential, 2nd edition!', ['micro', 'credential', '2nd', 'edition']],
    ["l'ourlet d’été", ['ourlet', 'ete']],
    ["Jusqu'à l'eau, qu’on s'entraîne", ['jusqu', 'a', 'eau', 'on', 'entraine'].slice(1)],
    ["dell'arte, quest’anno, un'altra", ['arte', 'anno', 'altra']],
    ["vitamin D, O'Reilly's learners' skills", ['vitamin', 'd', 'o', 'reilly', 's', 'learners', 'skills']],
    ["d' et l'", ['d', 'et', 'l']],
    ['C++ & node.js_v2', ['cplusplus', 'node', 'js', 'v2']],
    ['C/C++, C#, F♯ (.NET 8), ASP.NET', ['c', 'cplusplus', 'csharp', 'fsharp', 'dotnet', '8', 'asp', 'net']],
    ['C++11 A+ C+D A++ x.net c#minor', ['cplusplus', '11', 'aplus', 'c', 'd', 'a', 'x', 'net', 'c', 'minor']],
    ['3D R Industry 4.0 TCP/IP', ['3d', 'r', 'industry', '4', '0', 'tcp', 'ip']],
    ['3,5 ECTS', ['3', '5', 'ects']],
    ['IT-Обучение ITОбучение 2д', ['it', 'обучение', 'it', 'обучение', '2д']],
    ['\0\u202e“”', []],
  ])('%j', (text, wanted) => expect(wordsOf(text)).toEqual(wanted));
  test('stops at the limit, cuts what is too long', () => {
    expect(wordsOf('a b c d', 2)).toEqual(['a', 'b']);
    expect(wordsOf('w'.repeat(500))[0]).toHaveLength(LONGEST_WORD);
  });
});

test('a place is compared without case, accents and superfluous blanks', () => {
  expect(foldPlace('  GENÈVE \n Cornavin ')).toBe('geneve cornavin');
});
