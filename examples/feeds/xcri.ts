import { assessmentOf, PHRASES, requirementOf } from '../providers/phrases.ts';
import type { ExampleCourse } from './course.ts';
import { type ExampleRun, pick, type RunPlan, runsOf } from './runs.ts';

/** One provider of an XCRI-CAP 1.2 catalogue. */
export interface XcriProvider {
  name: string;
  domain: string;
  town: string;
  country: string;
  courses: readonly ExampleCourse[];
  plan: RunPlan;
  currency: string;
  /** Another body that awards every fourth course. */
  awardedBy?: string;
}

const ATTENDANCE = {
  online: ['ON', 'Online (no attendance)'],
  presential: ['CM', 'Campus'],
  blended: ['MM', 'Mixed mode'],
  hybrid: ['MM', 'Mixed mode'],
} as const;

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Writes an XCRI-CAP 1.2 catalogue; `broken` is put into the first provider as it is. */
export function xcriCatalogue(providers: readonly XcriProvider[], about: string, broken = ''): string {
  const bodies = providers.map(
    (provider, at) => `\t<provider>
\t\t<dc:identifier>https://${provider.domain}/</dc:identifier>
\t\t<dc:title>${escaped(provider.name)}</dc:title>
\t\t<mlo:url>https://${provider.domain}/</mlo:url>
${provider.courses.map((course, index) => courseXml(course, index, provider)).join('\n')}
${at === 0 ? broken : ''}\t\t<mlo:location>
\t\t\t<mlo:town>${escaped(provider.town)}</mlo:town>
\t\t\t<mlo:address>${escaped(provider.country)}</mlo:address>
\t\t</mlo:location>
\t</provider>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<catalog xmlns="http://xcri.org/profiles/1.2/catalog" xmlns:credit="http://purl.org/net/cm" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:mlo="http://purl.org/net/mlo" xmlns:xhtml="http://www.w3.org/1999/xhtml" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xcriTerms="http://xcri.org/profiles/1.2/catalog/terms" generated="2026-10-05T08:00:00Z">
\t<dc:description>${escaped(about)}</dc:description>
${bodies.join('\n')}
</catalog>
`;
}

function courseXml(course: ExampleCourse, index: number, provider: XcriProvider): string {
  const language = course.notes.lang ?? course.language;
  const url = `https://${provider.domain}/courses/${course.slug}`;
  const assessment = assessmentOf(language, index)?.text;
  const requirement = requirementOf(language, index, course.eqf);
  const words = PHRASES[language];
  const runs = runsOf(course, index, provider.plan);
  const [scqf, level] = course.notes.scqf?.split('/') ?? [];
  const outcomes =
    index % 3 === 1
      ? `<learningOutcome xml:lang="${language}"><xhtml:div><xhtml:p>${escaped(words?.lead ?? '')}</xhtml:p><xhtml:ul>${course.outcomes.map((o) => `<xhtml:li>${escaped(o)}</xhtml:li>`).join('')}</xhtml:ul></xhtml:div></learningOutcome>`
      : course.outcomes
          .map((o) => `<learningOutcome xml:lang="${language}">${escaped(o)}</learningOutcome>`)
          .join('\n\t\t\t');
  const lines = [
    `<dc:description xml:lang="${language}">${escaped(course.description)}</dc:description>`,
    `<dc:identifier>${url}</dc:identifier>`,
    `<dc:identifier xsi:type="xcriTerms:internalID">${course.slug.toUpperCase()}</dc:identifier>`,
    `<dc:subject xsi:type="xcriTerms:ISCED-F" identifier="${course.isced}">${course.isced}</dc:subject>`,
    `<dc:title xml:lang="${language}">${escaped(course.title)}</dc:title>`,
    ...(course.notes.en ? [`<dc:title xml:lang="en">${escaped(course.notes.en)}</dc:title>`] : []),
    `<mlo:url>${url}</mlo:url>`,
    `<abstract xml:lang="${language}">${escaped(course.description.slice(0, 140))}</abstract>`,
    outcomes,
    ...(assessment ? [`<mlo:assessment xml:lang="${language}">${escaped(assessment)}</mlo:assessment>`] : []),
    ...(requirement ? [`<mlo:prerequisite xml:lang="${language}">${escaped(requirement)}</mlo:prerequisite>`] : []),
    `<mlo:qualification>\n\t\t\t\t<dc:title>${pick(['Micro-credential', 'Certificate of completion', 'Micro-credential'], index)}</dc:title>${course.eqf && index % 5 !== 4 ? `\n\t\t\t\t<dcterms:educationLevel>EQF level ${course.eqf}</dcterms:educationLevel>` : ''}\n\t\t\t\t<awardedBy>${escaped((index % 4 === 3 && provider.awardedBy) || provider.name)}</awardedBy>\n\t\t\t</mlo:qualification>`,
    ...(course.ects === undefined ? [] : [credit('ECTS', undefined, course.ects)]),
    ...(scqf ? [credit('SCQF', level, scqf), credit('CATS', undefined, scqf)] : []),
    ...runs.map((run) => presentation(run, provider)),
  ];
  return `\t\t<course>\n\t\t\t${lines.join('\n\t\t\t')}\n\t\t</course>`;
}

const credit = (scheme: string, level: string | undefined, value: string | number): string =>
  `<mlo:credit>\n\t\t\t\t<credit:scheme>${scheme}</credit:scheme>${level ? `\n\t\t\t\t<credit:level>${level}</credit:level>` : ''}\n\t\t\t\t<credit:value>${value}</credit:value>\n\t\t\t</mlo:credit>`;

function presentation(run: ExampleRun, provider: XcriProvider): string {
  const [code, words] = ATTENDANCE[run.mode];
  const [year = '', month = '1', day = '1'] = run.start.split('-');
  const venue =
    run.mode === 'online'
      ? []
      : [
          `<venue>\n\t\t\t\t\t<provider>\n\t\t\t\t\t\t<dc:identifier>https://${provider.domain}/venues/${encodeURIComponent(run.town.toLowerCase())}</dc:identifier>\n\t\t\t\t\t\t<dc:title>${escaped(run.town)}</dc:title>\n\t\t\t\t\t\t<mlo:location>\n\t\t\t\t\t\t\t<mlo:town>${escaped(run.town)}</mlo:town>\n\t\t\t\t\t\t\t<mlo:address>${escaped(provider.country)}</mlo:address>\n\t\t\t\t\t\t</mlo:location>\n\t\t\t\t\t</provider>\n\t\t\t\t</venue>`,
        ];
  const lines = [
    `<dc:identifier>${run.id}</dc:identifier>`,
    `<mlo:start dtf="${run.start}">${Number(day)} ${MONTHS[Number(month) - 1]} ${year}</mlo:start>`,
    `<end dtf="${run.end}">${run.end}</end>`,
    `<mlo:duration interval="P${run.weeks}W">${run.weeks} weeks (approx)</mlo:duration>`,
    `<applyFrom dtf="2026-11-02">2026-11-02</applyFrom>`,
    `<applyUntil dtf="${run.deadline}">${run.deadline}</applyUntil>`,
    `<applyTo>https://${provider.domain}/apply/${run.id}</applyTo>`,
    `<studyMode identifier="PT">Part time</studyMode>`,
    `<attendanceMode identifier="${code}">${words}</attendanceMode>`,
    `<mlo:languageOfInstruction>${run.language}</mlo:languageOfInstruction>`,
    `<mlo:cost>${run.price === 0 ? 'Free of charge' : `${provider.currency} ${run.price}`}</mlo:cost>`,
    ...venue,
  ];
  return `<presentation>\n\t\t\t\t${lines.join('\n\t\t\t\t')}\n\t\t\t</presentation>`;
}
