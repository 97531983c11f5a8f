import { memberMeaning } from './member-names.ts';
import { looksLikePersonName } from './person-names.ts';

/** Whether a text has elements with attributes. */
export const MARKUP = /<[a-z][^<>=]{1,200}=/i;

/** What a text says of persons in its markup, where no reader sees it: `<p data-teacher="…">`. */
export const withoutPersonalAttributes = (text: string, note: () => void): string =>
  text.replace(/<[a-z][^<>]{1,4000}>/gi, (tag) =>
    tag.replace(
      /\s([^\s"'<>=/]{1,100})\s?=\s?(?:"([^"]*)"|'([^']*)')/gu,
      (attribute, name: string, value = '', other = '') => {
        if (!memberMeaning(name) && !looksLikePersonName(value || other)) return attribute;
        note();
        return '';
      },
    ),
  );
