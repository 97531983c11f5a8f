import { PHRASES, requirementOf } from '../providers/phrases.ts';
import type { ExampleCourse } from './course.ts';
import type { ExampleAnswer, ExampleProvider } from './provider.ts';
import { type ExampleRun, pick, type RunPlan, runsOf } from './runs.ts';

/** A web site with course pages marked up in schema.org. */
export interface SiteOptions {
  name: string;
  domain: string;
  /** Path of the folder in which the course pages stand. */
  folder: string;
  language: string;
  organisation: { name: string; city: string; country: string };
  courses: readonly ExampleCourse[];
  plan: RunPlan;
  /** Markup of the first, second, … page, over and over. */
  markup: readonly Markup[];
  /** How many courses at the end of the list share one page. */
  together: number;
}

export type Markup = 'json-ld' | 'microdata' | 'rdfa';
interface Entry {
  course: ExampleCourse;
  index: number;
  runs: ExampleRun[];
  url: string;
}

const MODES = { online: 'online', presential: 'onsite', blended: 'blended', hybrid: 'blended' } as const;
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** A site with a sitemap, one page a course, and one page where several courses stand together. */
export function siteProvider(options: SiteOptions): ExampleProvider {
  const entries: Entry[] = options.courses.map((course, index) => ({
    course,
    index,
    runs: runsOf(course, index, options.plan),
    url: `https://${options.domain}/${options.folder}/${course.slug}`,
  }));
  const single = entries.slice(0, entries.length - options.together);
  const shared = entries.slice(single.length);
  const page = (title: string, head: string, body: string): ExampleAnswer => ({
    type: 'text/html; charset=utf-8',
    body: `<!doctype html>\n<html lang="${options.language}">\n<head>\n<meta charset="utf-8">\n<title>${escaped(title)} | ${escaped(options.organisation.name)}</title>\n${head}</head>\n<body>\n<p>Example data, invented.</p>\n${body}\n</body>\n</html>\n`,
  });
  return {
    name: options.name,
    answer(path, _query, base) {
      if (path === 'sitemap.xml') {
        const paths = [
          ...single.map((e) => `${options.folder}/${e.course.slug}`),
          ...(shared.length ? ['catalogue'] : []),
          'about',
        ];
        return {
          type: 'application/xml',
          body: `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${paths.map((p) => `<url><loc>${base}/${p}</loc><lastmod>2026-10-05</lastmod></url>`).join('\n')}\n</urlset>\n`,
        };
      }
      if (path === 'about') return page(options.organisation.name, '', '<p>No course stands on this page.</p>');
      if (path === 'catalogue' && shared.length) {
        const list = { '@context': 'https://schema.org', '@graph': shared.map((e) => courseJson(e, options)) };
        return page('Catalogue', script(list, 1), shared.map((e) => `<h2>${escaped(e.course.title)}</h2>`).join('\n'));
      }
      const entry = single.find((e) => path === `${options.folder}/${e.course.slug}`);
      if (!entry) return undefined;
      const markup = pick(options.markup, entry.index);
      const head = `<link rel="canonical" href="${entry.url}">\n`;
      if (markup === 'json-ld') {
        const json = { '@context': 'https://schema.org', ...courseJson(entry, options) };
        return page(entry.course.title, head + script(json, entry.index), `<h1>${escaped(entry.course.title)}</h1>`);
      }
      return page(entry.course.title, head, markup === 'microdata' ? microdata(entry, options) : rdfa(entry, options));
    },
  };
}

/** Some sites wrap their JSON-LD in an HTML comment or leave a trailing comma; both are read by browsers' kin. */
function script(value: unknown, index: number): string {
  const json = JSON.stringify(value, null, 1);
  const body = index % 12 === 3 ? `<!--\n${json}\n-->` : index % 12 === 6 ? json.replace(/\n}$/, ',\n}') : json;
  return `<script type="application/ld+json">\n${body}\n</script>\n`;
}

function courseJson({ course, index, runs, url }: Entry, options: SiteOptions): Record<string, unknown> {
  const { organisation, domain } = options;
  const provider = {
    '@type': 'CollegeOrUniversity',
    name: organisation.name,
    url: `https://${domain}/`,
    address: { '@type': 'PostalAddress', addressLocality: organisation.city, addressCountry: organisation.country },
  };
  const instances = runs.map((run) => ({
    '@type': 'CourseInstance',
    courseMode: MODES[run.mode],
    startDate: run.start,
    endDate: run.end,
    inLanguage: run.language,
    ...(index % 4 === 0 && { courseWorkload: `PT${(course.ects ?? 2) * 25}H` }),
    ...(run.mode !== 'online' && {
      location: {
        '@type': 'Place',
        name: run.town,
        address: { '@type': 'PostalAddress', addressLocality: run.town, addressCountry: organisation.country },
      },
    }),
    offers: { '@type': 'Offer', price: String(run.price), priceCurrency: 'EUR', url: `${url}#${run.id}` },
  }));
  const requirement = requirementOf(course.language, index, course.eqf);
  return {
    '@type': 'Course',
    '@id': url,
    url,
    courseCode: `EX-${String(index + 1).padStart(3, '0')}`,
    name: course.notes.en
      ? [
          { '@value': course.title, '@language': course.language },
          { '@value': course.notes.en, '@language': 'en' },
        ]
      : course.title,
    description: index % 7 === 2 ? `<p>${course.description}</p>` : course.description,
    inLanguage: course.language,
    provider,
    numberOfCredits:
      index % 5 === 4 ? course.ects : { '@type': 'StructuredValue', value: course.ects, unitText: 'ECTS' },
    teaches: course.outcomes,
    ...(course.eqf && {
      educationalLevel: {
        '@type': 'DefinedTerm',
        inDefinedTermSet: 'https://europa.eu/europass/eqf',
        name: `EQF ${course.eqf}`,
        termCode: String(course.eqf),
      },
    }),
    ...(requirement && { coursePrerequisites: requirement }),
    about: { '@type': 'DefinedTerm', inDefinedTermSet: 'ISCED-F 2013', termCode: course.isced },
    timeRequired: runs[0] ? `P${runs[0].weeks}W` : '',
    educationalCredentialAwarded: {
      '@type': 'EducationalOccupationalCredential',
      name: course.title,
      credentialCategory: 'micro-credential',
      // Now and then only the name stands here: the same body, harder to recognise.
      recognizedBy: {
        '@type': 'Organization',
        name: organisation.name,
        ...(index % 10 !== 7 && { url: `https://${domain}/` }),
      },
    },
    // A lone run stands as an object, several as an array: both are seen.
    ...(instances.length && { hasCourseInstance: instances.length === 1 ? instances[0] : instances }),
  };
}

function microdata({ course, index, runs, url }: Entry, { organisation, domain }: SiteOptions): string {
  const requirement = requirementOf(course.language, index, course.eqf);
  return `<main itemscope itemtype="https://schema.org/Course" itemid="${url}">
<h1 itemprop="name">${escaped(course.title)}</h1>
<link itemprop="url" href="${url}">
<p itemprop="description">${escaped(course.description)}</p>
<meta itemprop="inLanguage" content="${course.language}">
<div itemprop="provider" itemscope itemtype="https://schema.org/CollegeOrUniversity">
<span itemprop="name">${escaped(organisation.name)}</span><link itemprop="url" href="https://${domain}/">
<span itemprop="address" itemscope itemtype="https://schema.org/PostalAddress"><span itemprop="addressLocality">${escaped(organisation.city)}</span><meta itemprop="addressCountry" content="${organisation.country}"></span>
</div>
<p>${PHRASES[course.language]?.lead}</p>
<ul>
${course.outcomes.map((o) => `<li itemprop="teaches">${escaped(o)}</li>`).join('\n')}
</ul>
<div itemprop="educationalCredentialAwarded" itemscope itemtype="https://schema.org/EducationalOccupationalCredential"><meta itemprop="name" content="${escaped(course.title)}"><meta itemprop="credentialCategory" content="micro-credential"></div>
<div itemprop="numberOfCredits" itemscope itemtype="https://schema.org/StructuredValue"><span itemprop="value">${course.ects}</span> <span itemprop="unitText">ECTS</span></div>
${course.eqf ? `<span itemprop="educationalLevel">EQF ${course.eqf}</span>\n` : ''}${requirement ? `<p itemprop="coursePrerequisites">${escaped(requirement)}</p>\n` : ''}${runs.map((run) => microdataRun(run, organisation.country)).join('\n')}
</main>`;
}

const microdataRun = (run: ExampleRun, country: string): string =>
  `<section itemprop="hasCourseInstance" itemscope itemtype="https://schema.org/CourseInstance">
<meta itemprop="courseMode" content="${MODES[run.mode]}">
<time itemprop="startDate" datetime="${run.start}">${run.start}</time> – <time itemprop="endDate" datetime="${run.end}">${run.end}</time>
${run.mode === 'online' ? '' : `<span itemprop="location" itemscope itemtype="https://schema.org/Place"><span itemprop="name">${escaped(run.town)}</span><span itemprop="address" itemscope itemtype="https://schema.org/PostalAddress"><meta itemprop="addressLocality" content="${escaped(run.town)}"><meta itemprop="addressCountry" content="${country}"></span></span>\n`}<span itemprop="offers" itemscope itemtype="https://schema.org/Offer"><data itemprop="price" value="${run.price}">${run.price}</data> <meta itemprop="priceCurrency" content="EUR"></span>
</section>`;

function rdfa({ course, index, runs, url }: Entry, { organisation, domain }: SiteOptions): string {
  const requirement = requirementOf(course.language, index, course.eqf);
  return `<main vocab="https://schema.org/" typeof="Course" resource="${url}">
<h1 property="name">${escaped(course.title)}</h1>
<a property="url" href="${url}">${escaped(course.slug)}</a>
<p property="description">${escaped(course.description)}</p>
<meta property="inLanguage" content="${course.language}">
<div property="provider" typeof="CollegeOrUniversity"><span property="name">${escaped(organisation.name)}</span><a property="url" href="https://${domain}/">site</a>
<span property="address" typeof="PostalAddress"><span property="addressLocality">${escaped(organisation.city)}</span><meta property="addressCountry" content="${organisation.country}"></span></div>
<ul>
${course.outcomes.map((o) => `<li property="teaches">${escaped(o)}</li>`).join('\n')}
</ul>
<div property="numberOfCredits" typeof="StructuredValue"><span property="value">${course.ects}</span> <span property="unitText">ECTS</span></div>
${requirement ? `<p property="coursePrerequisites">${escaped(requirement)}</p>\n` : ''}${runs.map((run) => rdfaRun(run, organisation.country)).join('\n')}
</main>`;
}

const rdfaRun = (run: ExampleRun, country: string): string =>
  `<span rel="hasCourseInstance"><span typeof="CourseInstance">
<meta property="courseMode" content="${MODES[run.mode]}"><time property="startDate" datetime="${run.start}">${run.start}</time> <time property="endDate" datetime="${run.end}">${run.end}</time>
${run.mode === 'online' ? '' : `<span property="location" typeof="Place"><span property="name">${escaped(run.town)}</span><span property="address" typeof="PostalAddress"><meta property="addressLocality" content="${escaped(run.town)}"><meta property="addressCountry" content="${country}"></span></span>\n`}<span property="offers" typeof="Offer"><meta property="price" content="${run.price}"><meta property="priceCurrency" content="EUR"></span>
</span></span>`;
