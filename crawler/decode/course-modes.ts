import { type CodesAndText, type CredentialDraft, derived, notStated, stated } from '../../schema/index.ts';
import { isFiller, plainText } from '../../schema/parse/text.ts';
import { modesOfLearning } from '../../schema/vocabularies/index.ts';
import { each, fallbackLanguage, problem, RESIDUE, type Reading, rawText, SCHEMA_PREFIX } from './course-reading.ts';
import { type Run, runNodes } from './course-runs.ts';
import type { LinkedNode } from './html-microdata.ts';
import { isNode, list } from './linked-data.ts';

const PACES =
  /^(full[- ]?time|part[- ]?time|self[- ]?paced|instructor[- ]?paced|evenings?|weekends?|temps (?:plein|partiel)|vollzeit|teilzeit|voltijd|deeltijd)$/i;

/** Learning at a distance may come by post (schema.org's own example eg-0334): not online unless it says so. */
const AMBIGUOUS = /^(?:distance(?: learning| education)?|correspondence)$/i;
const MODE_WORDS: Readonly<Record<string, string>> = {
  mooc: 'online',
  onlineeventattendancemode: 'online',
  offlineeventattendancemode: 'presential',
  mixedeventattendancemode: 'hybrid',
  classroom: 'presential',
  onsite: 'presential',
  'on-site': 'presential',
  'face-to-face': 'presential',
  'in-person': 'presential',
};

interface Modes {
  codes: string[];
  pace: string[];
  words: string[];
}

/** `courseMode` (and its siblings) sorted into ways of taking part, pace and words of neither kind. */
export function modes(r: Reading, node: LinkedNode, path: string): Modes {
  const codes = new Set<string>();
  const pace: string[] = [];
  const words: string[] = [];
  for (const key of ['courseMode', 'educationalProgramMode', 'eventAttendanceMode']) {
    for (const [value, place] of each(node, key, path)) {
      const named = isNode(value) ? (value['name'] ?? value['@id'] ?? value['url']) : value;
      const stated = rawText(named).trim();
      const bareText = stated.replace(/^["'“”„‘’«»\s]+|["'“”„‘’«»\s]+$/g, '');
      if (bareText !== stated)
        problem(r, place, 'stray-quotes', stated, 'write the value without quotation marks', 'warning');
      for (const part of bareText.split(/\s*[,;|]\s*/)) {
        const text = plainText(part.replace(SCHEMA_PREFIX, ''));
        if (isFiller(text) || RESIDUE.test(text)) continue;
        const code = MODE_WORDS[text.toLowerCase()] ?? (AMBIGUOUS.test(text) ? undefined : modesOfLearning.parse(text));
        if (code) codes.add(code);
        else if (PACES.test(text)) pace.push(text);
        else words.push(text);
      }
    }
  }
  return { codes: [...codes], pace: [...new Set(pace)], words: [...new Set(words)] };
}

/** The course's own modes, else those of its runs: stated when all agree, derived when they differ. */
export function participation(r: Reading, runs: Run[]): NonNullable<CredentialDraft['participation']> {
  const own = r.raw.type === 'CourseInstance' ? { codes: [], pace: [], words: [] } : modes(r, r.node, '/node');
  const key = ['courseMode', 'educationalProgramMode'].find((name) => r.node[name] !== undefined) ?? 'courseMode';
  if (own.codes.length || own.words.length) {
    return stated(codesAndWords(r, own.codes, own.words), `/node/${key}`);
  }
  const spoken = runs.filter(({ opportunity: o }) => o.participation?.length || o.participationText);
  const [first] = spoken;
  if (first) {
    const codes = [...new Set(spoken.flatMap(({ opportunity }) => opportunity.participation ?? []))];
    const words = [...new Set(spoken.flatMap(({ opportunity }) => opportunity.participationText?.split(', ') ?? []))];
    const value = codesAndWords(r, codes, words);
    const key = JSON.stringify([first.opportunity.participation, first.opportunity.participationText]);
    const same =
      spoken.length === runs.length &&
      spoken.every(({ opportunity: o }) => JSON.stringify([o.participation, o.participationText]) === key);
    return same
      ? stated(value, `${first.path}/courseMode`)
      : derived(value, `${first.path}/courseMode`, 'modes-of-runs');
  }
  for (const [node, path] of runNodes(r, runs)) {
    if (list(node['location']).some((l) => isNode(l) && list(l['@type']).includes('VirtualLocation'))) {
      return derived({ codes: ['online'] }, `${path}/location`, 'virtual-location');
    }
  }
  if (r.raw.type === 'WorkBasedProgram') return derived({ codes: ['work-based'] }, '/node/@type', 'work-based-program');
  return notStated();
}

function codesAndWords(r: Reading, codes: string[], words: string[]): CodesAndText {
  const text = words.map((value) => ({ language: fallbackLanguage(r) ?? 'und', value }));
  return { codes, ...(text.length ? { text } : {}) };
}
