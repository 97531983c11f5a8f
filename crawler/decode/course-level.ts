import { type Element, type LangString, type LevelValue, notStated, stated, withDerived } from '../../schema/index.ts';
import { plainText } from '../../schema/parse/text.ts';
import { eqf, eqfFromNqf } from '../../schema/vocabularies/index.ts';
import { each, type Reading, rawText, texts } from './course-reading.ts';
import type { LinkedNode } from './html-microdata.ts';
import { isNode, list } from './linked-data.ts';

const EQF_WORDS = /\b(?:EQF|EQR|CEC|MEC|European Qualifications? Framework)\b[^\d]{0,20}([1-8])(?!\d)/i;

const EQF_URI = /data\.europa\.eu\/snb\/eqf\/([1-8])$|europa\.eu\/.*\beqf\b.*\/([1-8])$/i;

const NQFS: Readonly<Record<string, string>> = {
  SCQF: 'GB',
  RQF: 'GB',
  CQFW: 'GB',
  NFQ: 'IE',
  NLQF: 'NL',
  DQR: 'DE',
  NQR: 'AT',
  SEQF: 'SE',
  FINQF: 'FI',
  CROQF: 'HR',
};

/** EQF only from an EQF URI, an EQF term set or words that name the EQF; a national level as stated; else words. */
export function level(r: Reading, credential: LinkedNode | undefined): Element<LevelValue> {
  const places: [unknown, string][] = [...each(r.node, 'educationalLevel')];
  for (const [item, path] of each(r.node, 'educationalAlignment')) {
    if (isNode(item) && /educational\s*level/i.test(rawText(item['alignmentType']))) places.push([item, path]);
  }
  if (credential) places.push(...each(credential, 'educationalLevel', '/node/educationalCredentialAwarded'));
  const value: LevelValue = {};
  const words: LangString[] = [];
  let from = '';
  let mapped: number | undefined;
  for (const [item, path] of places) {
    const node = isNode(item) ? item : undefined;
    const name = node ? (node['name'] ?? node['termCode'] ?? node['targetName']) : item;
    const frame = node
      ? list(node['inDefinedTermSet'] ?? node['educationalFramework'])
          .map((set) => (isNode(set) ? (set['name'] ?? set['@id'] ?? set['url']) : set))
          .map(rawText)
          .find(Boolean)
      : undefined;
    const uris = (node ? [node['@id'], node['url'], node['targetUrl'], node['termCode']] : [item]).map(rawText);
    const text = texts(r, name, path);
    const label = text[0]?.value ?? '';
    const uri = uris.map((u) => EQF_URI.exec(u.trim())).find(Boolean);
    const inEqf =
      frame && /\bEQF\b|European Qualifications? Framework|snb\/eqf/i.test(frame)
        ? /^\D*([1-8])\D*$/.exec(label)?.[1]
        : undefined;
    const explicit = uri?.[1] ?? uri?.[2] ?? inEqf ?? EQF_WORDS.exec(label)?.[1];
    if (explicit && eqf.get(explicit)) {
      value.eqf ??= Number(explicit);
      from ||= path;
      continue;
    }
    const framework = frame?.trim().toUpperCase();
    const nqf = framework && Object.hasOwn(NQFS, framework) ? framework : undefined;
    const number = /^(?:level|niveau|stufe)?\s*(\d{1,2}[a-z]?)$/i.exec(label)?.[1];
    if (nqf && number && !value.nqf) {
      value.nqf = { country: NQFS[nqf] as string, framework: nqf, level: number, label };
      mapped = eqfFromNqf({ country: NQFS[nqf] as string, framework: nqf, level: number });
      from ||= path;
      continue;
    }
    if (!text.length) continue;
    words.push(
      ...(frame && !/^https?:/.test(frame)
        ? text.map((t) => ({ ...t, value: `${plainText(frame)}: ${t.value}` }))
        : text),
    );
    from ||= path;
  }
  if (words.length) value.text = words;
  if (!from) return notStated();
  const element = stated(value, from);
  return mapped && value.eqf === undefined ? withDerived(element, { eqf: mapped }, from, 'nqf-to-eqf') : element;
}
