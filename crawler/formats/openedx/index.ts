import { registeredLanguage } from '../../../schema/parse/language.ts';
import { readTexts } from '../../elements/texts.ts';
import type { Format } from '../../format.ts';
import { defineJsonFormat } from '../../record/json-feed.ts';
import { documentation } from './documentation.ts';
import { elements, type PlatformReading, withAnswer } from './elements.ts';
import { cut, IDS, paging } from './records.ts';
import { SHAPE } from './shape.ts';

/** What only the answers of one API have together. */
const KNOWN: readonly (readonly [RegExp, RegExp])[] = [
  [/"course_runs"\s*:/, /"(?:level_type|full_description|owners|short_description)"\s*:/],
  [/"(?:weeks_to_complete|pacing_type)"\s*:/, /"(?:seats|enrollment_start|level_type|min_effort)"\s*:/],
  [/"(?:authoring_organizations|course_codes)"\s*:/, /"(?:marketing_slug|type|category|courses)"\s*:/],
  [/"blocks_url"\s*:|"course-v1:/, /"(?:short_description|pacing|enrollment_start|org)"\s*:/],
  [/"(?:hours_per_week|duration_in_weeks|has_certificates)"\s*:/, /"(?:organisation|runs|introduction)"\s*:/],
  [/"elements"\s*:/, /"(?:courseType|partnerIds|primaryLanguages)"\s*:/],
  [/"objects"\s*:/, /"(?:total_count|absolute_url|organization_highlighted)"\s*:/],
];

/** Catalogues of MOOC platforms: edX discovery, the courses API of Open edX, Richie, FutureLearn, Coursera. */
export const openedx: Format = defineJsonFormat<PlatformReading>({
  name: 'openedx',
  title: 'MOOC platforms: Open edX, edX discovery, Richie, FutureLearn, Coursera',
  specification: 'https://docs.openedx.org/',
  mediaTypes: ['application/json'],
  documentation,
  version: 1,
  detect: ({ text }) => {
    const start = text.trimStart();
    if (!/^[[{]/.test(start) || /"@context"/.test(start)) return 0;
    return KNOWN.some(([own, beside]) => own.test(start) && beside.test(start)) ? 0.9 : 0;
  },
  lists: ['', '/results', '/objects', '/elements', '/linked/partners.v1'],
  ids: IDS,
  envelope: paging.envelope,
  ended: paging.ended,
  cut,
  next: paging.next,
  shape: SHAPE,
  partShape: SHAPE,
  prepare(reading, raw) {
    const platform = withAnswer(reading, raw);
    const { main, answer } = platform;
    // Texts are not tagged: those of a course in one language are in that.
    const [said, other] = [...(answer.languages ?? []), 'content_language'].flatMap((name) => main.each(name));
    const language = other ? undefined : registeredLanguage(said?.said());
    if (language) reading.language = language;
    return platform;
  },
  named({ main, answer }) {
    const spot = main.first(answer.title, 'title', 'name');
    return { spot, texts: readTexts(spot) };
  },
  elements,
});
