import { languageTag } from '../../schema/parse/language.ts';

/** What formats keep around a record and a note in it; and keywords of markup, whose text is the element's. */
const AROUND =
  'main nodes node runs notes page base context path rule severity found remedy feed syntax name type id value language lang text ' +
  'div p ul ol li span b strong em i a br h1 h2 h3 h4 h5 h6 table tr td th tbody';
const MOST_KNOWN = 5_000;

/** Says of a member whether it is one of these, by local name; language maps and what is written with `@` always are. */
export function membersRead(...lists: (string | Iterable<string>)[]): (member: string) => boolean {
  const names = new Set([AROUND, ...lists].flatMap((list) => (typeof list === 'string' ? list.split(' ') : [...list])));
  const known = new Map<string, boolean>();
  const judge = (member: string): boolean =>
    names.has(member) ||
    member.startsWith('@') ||
    names.has(member.split(/[#/:]/).at(-1) ?? '') ||
    languageTag(member) !== undefined;
  return (member) => {
    let read = known.get(member);
    if (read === undefined) {
      if (known.size >= MOST_KNOWN) known.clear();
      read = judge(member);
      known.set(member, read);
    }
    return read;
  };
}
