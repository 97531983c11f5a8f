import { parseCourses } from '../feeds/course.ts';
import type { ExampleProvider } from '../feeds/provider.ts';
import { xcriCatalogue } from '../feeds/xcri.ts';
import { irish, scottish } from './atlantic.content.ts';

const UNTITLED = `\t\t<course>
\t\t\t<dc:description xml:lang="en">A draft that was published before it had a title.</dc:description>
\t\t\t<dc:identifier>https://www.atlantic-college.example/courses/untitled-draft</dc:identifier>
\t\t\t<dc:title/>
\t\t\t<mlo:url>https://www.atlantic-college.example/courses/untitled-draft</mlo:url>
\t\t</course>
`;

/** Ireland and Scotland in one XCRI-CAP catalogue: English and Irish, ECTS and SCQF. One course has no title. */
export const atlantic: ExampleProvider = {
  name: 'atlantic',
  answer: (path) =>
    path === 'catalogue.xml'
      ? {
          type: 'application/xml; charset=utf-8',
          body: xcriCatalogue(
            [
              {
                name: 'Example Atlantic College (fictitious)',
                domain: 'www.atlantic-college.example',
                town: 'Galway',
                country: 'Ireland',
                courses: parseCourses('en', irish),
                currency: 'EUR',
                plan: {
                  towns: ['Galway', 'Limerick', 'Sligo', 'Letterkenny'],
                  modes: ['online', 'blended', 'presential', 'blended'],
                  prices: [950, 0, 450, 1800, 300],
                },
              },
              {
                name: 'Example College of the Highlands (fictitious)',
                domain: 'www.highlands-college.example',
                town: 'Inverness',
                country: 'United Kingdom',
                courses: parseCourses('en', scottish),
                currency: 'GBP',
                awardedBy: 'Example Awarding Body of the North (fictitious)',
                plan: {
                  towns: ['Inverness', 'Stornoway', 'Fort William'],
                  modes: ['presential', 'blended', 'online'],
                  prices: [220, 0, 575, 140],
                },
              },
            ],
            'Example data for Credatlas: invented providers and courses',
            UNTITLED,
          ),
        }
      : undefined,
};
