import { type Canaries, contactInAddress, contactTexts, MEMBER_NAMES, personValues, typedPersons } from './canaries.ts';

/** Where canaries are set. `members`: by name, by type and in members that nobody reads; `values`: contact data in every text; `identifiers`: in what things are called by. */
export type Variant = 'members' | 'values' | 'identifiers';

/** Words in turn, so that each is used before one comes again. */
function inTurn<T>(all: readonly T[]) {
  let at = 0;
  return (n: number): T[] => Array.from({ length: n }, () => all[at++ % all.length] as T);
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What tells one thing from another: with an address in it the record would be another one. */
const KEPT = /^(?:@|id$|type$|.*(?:Id|ID)$|ctid$|.*:ctid$|envelope_|resource$|node_headers)/;

function countObjects(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + countObjects(item), 0);
  return isObject(value) ? 1 + Object.values(value).reduce<number>((sum, item) => sum + countObjects(item), 0) : 0;
}

/** Is a text with its language rather than a thing. */
const isText = (value: Json): boolean =>
  '@value' in value || Object.keys(value).every((key) => /^(?:value|language|[a-z]{2,3}(?:-\w+)?)$/.test(key));

/** The value with an address in every identifier, and in whatever refers to it. */
function infestIdentifiers(value: unknown, canaries: Canaries, file: string): unknown {
  const ids = new Map<string, string>();
  const collect = (at: unknown): void => {
    if (Array.isArray(at)) for (const item of at) collect(item);
    if (!isObject(at)) return;
    for (const [key, member] of Object.entries(at)) {
      if (
        typeof member === 'string' &&
        /^(?:@id|id|courseId|.*[a-z]Id|.*ctid|url|.*[wW]ebpage)$/.test(key) &&
        !ids.has(member)
      )
        ids.set(
          member,
          `${member}${member.includes('/') ? '/' : ':'}${canaries.next(`${file} ${key} ${member}`).email}`,
        );
      collect(member);
    }
  };
  const put = (at: unknown): unknown => {
    if (Array.isArray(at)) return at.map(put);
    if (typeof at === 'string') return ids.get(at) ?? at;
    return isObject(at) ? Object.fromEntries(Object.entries(at).map(([key, member]) => [key, put(member)])) : at;
  };
  collect(value);
  return put(value);
}

/** A JSON value with canaries in every object (or every text). */
export function infestJson(value: unknown, canaries: Canaries, variant: Variant, file: string): unknown {
  if (variant === 'identifiers') return infestIdentifiers(value, canaries, file);
  const names = inTurn(MEMBER_NAMES);
  const perObject = Math.max(4, Math.ceil(MEMBER_NAMES.length / Math.max(1, countObjects(value))));
  let turn = 0;
  const walk = (at: unknown, path: string, key: string): unknown => {
    if (Array.isArray(at)) return at.map((item, i) => walk(item, `${path}/${i}`, key));
    if (typeof at === 'string' && variant === 'values' && !KEPT.test(key)) {
      const canary = canaries.next(`${file} ${path} (text)`);
      const texts = contactTexts(canary);
      turn++;
      if (/^https?:\/\/\S+$/.test(at)) return `${at}${at.includes('?') ? '&' : '?'}${contactInAddress(canary, turn)}`;
      return `${at}${texts[turn % texts.length]}`;
    }
    if (!isObject(at) || key === '@context') return at;
    const out: Json = Object.create(null);
    for (const [name, member] of Object.entries(at)) out[name] = walk(member, `${path}/${name}`, name);
    if (variant === 'members' && !isText(at)) {
      for (const name of names(perObject)) {
        if (Object.hasOwn(at, name)) continue;
        const values = personValues(canaries.next(`${file} ${path}/${name}`));
        out[name] = values[turn++ % values.length];
      }
      const typed = typedPersons(canaries.next(`${file} ${path}/zzThing (type ${turn % 14})`));
      out.zzThing = typed[turn++ % typed.length];
      out.zzUnknown = canaries.next(`${file} ${path}/zzUnknown (nobody reads it)`).name;
      out[`zz ${canaries.next(`${file} ${path} (key)`).email}`] = 1;
      out.zzDeep = { zzList: [{ zzText: canaries.next(`${file} ${path}/zzDeep (nobody reads it)`).name }] };
    }
    return out;
  };
  return walk(value, '', '');
}

const xmlName = (name: string): string =>
  name
    .replace(/^https?:\/\/schema\.org\//, '')
    .replace(/^[a-z]+:/, '')
    .replace(/[^\p{L}\p{N}_.-]+/gu, '_')
    .replace(/^[^\p{L}_]+/u, '_')
    .replace(/_$/, '');
const markedUp = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** A start tag; the last group tells whether an element stands behind it that is no markup of a text. */
const TAG =
  /<((?:\w+:)?[\w-]+)((?:\s[^<>]*?)?)(\/?)>(?=(\s*<(?!\/|!|(?:\w+:)?(?:div|p|ul|ol|li|b|i|em|strong|br|span)\b))?)/g;

/** XML with canaries in attributes and children of every element (or in every text and attribute). */
export function infestXml(xml: string, canaries: Canaries, variant: Variant, file: string): string {
  const names = inTurn(MEMBER_NAMES.map(xmlName));
  let turn = 0;
  const body = xml.search(/<[\w-]/);
  const rest = xml.slice(body);
  if (variant === 'identifiers')
    return (
      xml.slice(0, body) +
      rest.replace(
        /(<(?:\w+:)?(?:identifier|url|urlweb|PRODUCT_ID|ID_FICHE|NUMERO_FICHE|programID|courseID)(?:\s[^<>]*)?>|\snumero=")([^<>"]+)/g,
        (_, tag: string, text: string) => `${tag}${text}/${canaries.next(`${file} ${tag}`).email}`,
      )
    );
  if (variant === 'values') {
    return (
      xml.slice(0, body) +
      rest
        .replace(
          /(<(?!\/|!|\?)(?:\w+:)?(?!identifier|PRODUCT_ID|COURSE_ID|ID_FICHE|NUMERO_FICHE|programID|courseID)[\w-]+(?:\s[^<>]*)?>)([^<>]*\S[^<>]*)(?=<)/g,
          (_, tag: string, text: string) => {
            const canary = canaries.next(`${file} ${tag} (text)`);
            const texts = contactTexts(canary);
            turn++;
            if (/^\s*https?:\/\/\S+\s*$/.test(text))
              return `${tag}${text.trim()}?${markedUp(contactInAddress(canary, turn))}`;
            return `${tag}${text}${markedUp(texts[turn % texts.length] as string)}`;
          },
        )
        .replace(
          /(<!\[CDATA\[)([^\]]+)/g,
          (_, open: string, text: string) =>
            `${open}${text} ${contactTexts(canaries.next(`${file} (CDATA)`))[turn++ % 3]}`,
        )
        .replace(
          /<((?:\w+:)?[\w-]+)((?:\s[^<>]*?)?)(\/?)>/g,
          (_, name: string, attributes: string, end: string) =>
            `<${name}${attributes} zz="${markedUp(contactTexts(canaries.next(`${file} <${name}> (attribute)`))[0] as string)}"${end}>`,
        )
    );
  }
  const perElement = Math.max(6, Math.ceil(MEMBER_NAMES.length / (rest.match(/<(?!\/)/g)?.length ?? 1)));
  return (
    xml.slice(0, body) +
    rest.replace(TAG, (_, name: string, attributes: string, end: string, holds?: string) => {
      const used = new Set<string>();
      const own = names(3).flatMap((one) => {
        if (used.has(one)) return [];
        used.add(one);
        return ` ${one}="${canaries.next(`${file} <${name} ${one}>`).name}"`;
      });
      const open = `<${name}${attributes}${own.join('')} zz="${canaries.next(`${file} <${name} zz> (nobody reads it)`).name}"`;
      if (end) return `${open}/>`;
      if (!holds) return `${open}>`;
      const children = names(perElement * 3).map((child) => {
        const c = canaries.next(`${file} <${name}><${child}>`);
        const shapes = [
          c.name,
          `<name>${c.name}</name><email>${c.email}</email><phone>${c.phone}</phone>`,
          `<zz first="${c.name}"/>`,
          `<![CDATA[<p>${c.name}, ${c.email}</p>]]>`,
        ];
        return `<${child}>${shapes[turn++ % shapes.length]}</${child}>`;
      });
      const typed = canaries.next(`${file} <${name}><zzThing xsi:type>`);
      const pair = canaries.next(`${file} <${name}><field name>`);
      const unread = canaries.next(`${file} <${name}><zzUnknown> (nobody reads it)`);
      return `${open}>${children.join('')}<zzThing xsi:type="foaf:Person"><name>${typed.name}</name></zzThing><field name="Teacher">${pair.name}</field><zzUnknown>${unread.name}</zzUnknown><zzDeep><zzText>${unread.name}</zzText></zzDeep>`;
    })
  );
}

const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** Rows (the first names the columns) with columns about persons (or contact data in every cell). */
export function infestRows(
  rows: readonly (readonly string[])[],
  canaries: Canaries,
  variant: Variant,
  file: string,
): string {
  const [header = [], ...cells] = rows;
  let turn = 0;
  const columns = variant === 'members' ? [...MEMBER_NAMES, 'zz unknown', 'zz ask (zz)'] : [];
  const lines = cells.map((row, r) => {
    const own = row.map((text, c) => {
      if (variant === 'identifiers')
        return text && /^(?:identifier|kursnummer|opportunity_id|.*url)$/i.test(header[c] as string)
          ? `${text}/${canaries.next(`${file} row ${r} ${header[c]}`).email}`
          : text;
      if (
        variant !== 'values' ||
        !text ||
        /^(?:id|identifier|kursnummer|opportunity_id|.*_date)$/i.test(header[c] as string)
      )
        return text;
      const canary = canaries.next(`${file} row ${r} ${header[c]} (text)`);
      turn++;
      if (/^https?:/.test(text)) return `${text}?${contactInAddress(canary, turn)}`;
      return text + (contactTexts(canary)[turn % 5] as string);
    });
    const more = columns.map((name) => {
      const canary = canaries.next(`${file} row ${r} column ${name}`);
      return [canary.name, `${canary.name}, ${canary.phone}`, canary.email][
        name.startsWith('zz') ? 0 : turn++ % 3
      ] as string;
    });
    return [...own, ...more].map(cell).join(',');
  });
  return [[...header, ...columns].map(cell).join(','), ...lines].join('\n');
}

/** A page with canaries in its markup and in the JSON-LD that stands in it. */
export function infestHtml(html: string, canaries: Canaries, variant: Variant, file: string): string {
  const names = inTurn(MEMBER_NAMES.filter((name) => /^[\p{L}\p{N}_]+$/u.test(name)));
  let turn = 0;
  const withJson = html.replace(
    /(<script[^>]*application\/ld\+json[^>]*>)([\s\S]*?)(<\/script>)/g,
    (whole, open: string, json: string, close: string) => {
      try {
        return open + JSON.stringify(infestJson(JSON.parse(json), canaries, variant, `${file} script`)) + close;
      } catch {
        return whole;
      }
    },
  );
  return withJson
    .split(/(<script[\s\S]*?<\/script>)/)
    .map((piece) => (piece.startsWith('<script') ? piece : markup(piece)))
    .join('');

  function markup(piece: string): string {
    if (variant === 'identifiers')
      return piece.replace(
        /(\s(?:itemid|resource|about|href)=")([^"#]+)(?=")/g,
        (_, start: string, text: string) => `${start}${text}/${canaries.next(`${file} ${start}`).email}`,
      );
    if (variant === 'values') {
      return piece
        .replace(
          /(<\w+[^<>]*\s(?:itemprop|property)=[^<>]*>)([^<>]*\w[^<>]*)(?=<)/g,
          (_, tag: string, text: string) => {
            const texts = contactTexts(canaries.next(`${file} ${tag.slice(0, 60)} (text)`));
            return `${tag}${text}${texts[turn++ % texts.length]?.replace(/<(?!a |\/a)/g, '&lt;')}`;
          },
        )
        .replace(
          /(\s(?:content|href)=")(https?:[^"]*|[^"#:]+)(?=")/g,
          (_, start: string, text: string) =>
            `${start}${text}${/^https?:/.test(text) ? `?${contactInAddress(canaries.next(`${file} ${start} (address)`), turn++)}` : contactTexts(canaries.next(`${file} ${start} (attribute)`))[0]}`,
        );
    }
    return piece.replace(/<(\w+)[^<>]*\s(?:itemscope|typeof=)[^<>]*>/g, (tag) => {
      const property = tag.includes('itemscope') ? 'itemprop' : 'property';
      const person = tag.includes('itemscope') ? 'itemscope itemtype="https://schema.org/Person"' : 'typeof="Person"';
      const flat = names(60).map(
        (name) => `<span ${property}="${name}">${canaries.next(`${file} ${property}=${name}`).name}</span>`,
      );
      const typed = canaries.next(`${file} ${property} ${person}`);
      const unread = canaries.next(`${file} ${property}=zzUnknown (nobody reads it)`);
      return `${tag}${flat.join('')}<div ${property}="zzThing" ${person}><span ${property}="name">${typed.name}</span><a ${property}="email" href="mailto:${typed.email}">x</a></div><span ${property}="zzUnknown">${unread.name}</span>`;
    });
  }
}
