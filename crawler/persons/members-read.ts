/** What formats keep around a record and a note in it; and keywords of markup, whose text is the element's. */
const AROUND =
  'main nodes node runs notes page base context path rule severity found remedy feed syntax name type id value language lang text ' +
  'div p ul ol li span b strong em i a br h1 h2 h3 h4 h5 h6 table tr td th tbody';
/** `{ "en-IE": "…" }`: BCP 47, section 2.1, as far as it is used. */
const LANGUAGE = /^[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}$/;

/** Says of a member whether it is one of these, by local name; languages and what is written with `@` always are. */
export function membersRead(...lists: (string | Iterable<string>)[]): (member: string) => boolean {
  const names = new Set([AROUND, ...lists].flatMap((list) => (typeof list === 'string' ? list.split(' ') : [...list])));
  return (member) =>
    names.has(member) ||
    member.startsWith('@') ||
    LANGUAGE.test(member) ||
    names.has(member.split(/[#/:]/).at(-1) ?? '');
}
