/** What the fixtures of a format do not say: one place for every table that its words are looked up in. */
export const SPECIMENS: ReadonlyMap<string, readonly [string, string][]> = new Map([
  [
    'ooapi',
    [
      [
        'tables.json',
        JSON.stringify({
          pageSize: 10,
          pageNumber: 1,
          hasNextPage: false,
          items: [
            {
              courseId: 'c1',
              primaryCode: { codeType: 'identifier', code: 'C-1' },
              name: [{ language: 'en', value: 'Weaving' }],
              level: 'bachelor',
              levelOfQualification: '6',
              formalDocument: 'certificate',
              qualificationAwarded: 'none of these',
              modeOfDelivery: ['online', 'on campus'],
              teachingLanguage: 'nld',
              studyLoad: { studyLoadUnit: 'ects', value: 3 },
              fieldsOfStudy: '0213',
              testComponents: [{ testComponentType: 'oral_test', name: [{ language: 'en', value: 'Talk' }] }],
              consumers: [
                {
                  consumerKey: 'euroteq',
                  alliances: [
                    { name: 'x', theme: 'y', microcredential: 'stackable', targetGroup: 'z', contactHours: '4' },
                  ],
                },
              ],
              organization: {
                organizationId: 'o1',
                primaryCode: { codeType: 'brin', code: '21XX' },
                name: [{ language: 'en', value: 'Weavers' }],
                addresses: [{ addressType: 'visit', city: 'Delft', countryCode: 'NL' }],
              },
              priceInformation: [
                {
                  costType: 'tuition',
                  amount: '10',
                  currency: 'EUR',
                  displayAmount: [{ language: 'en', value: '€ 10' }],
                },
              ],
              offerings: [
                {
                  offeringId: 'f1',
                  startDate: '2027-05-01',
                  modeOfDelivery: ['hybrid'],
                  state: 'active',
                  modeOfStudy: 'full-time',
                },
              ],
            },
            {
              courseId: 'c2',
              name: [{ language: 'en', value: 'Untouched' }],
              modeOfDelivery: ['online'],
              formalDocument: 'certificate',
            },
          ],
        }),
      ],
    ],
  ],
  [
    'ctdl',
    [
      [
        'tables.jsonld',
        JSON.stringify({
          '@context': ['https://credreg.net/ctdl/schema/context/json', { own: 'https://purl.org/ctdl/terms/' }],
          '@graph': [
            {
              '@id': 'https://x.example/resources/ce-00000000-0000-4000-8000-000000000001',
              '@type': 'ceterms:Certificate',
              'ceterms:ctid': 'ce-00000000-0000-4000-8000-000000000001',
              'own:name': { 'en-US': 'Spinning', de: 'Spinnen' },
              'ceterms:subjectWebpage': 'https://x.example/1',
              'ceterms:deliveryType': ['deliveryType:OnlineOnly', { 'ceterms:targetNode': 'deliveryType:InPerson' }],
              'ceterms:audienceLevelType': {
                'ceterms:targetNodeName': { en: 'A' },
                'ceterms:framework': 'https://x.example/levels',
              },
              'ceterms:ownedBy': ['https://x.example/o'],
              'ceterms:estimatedCost': {
                'ceterms:price': 10,
                'ceterms:currency': 'us dollar',
                'ceterms:directCostType': 'costType:Tuition',
              },
              'ceterms:isPartOf': 'https://x.example/resources/ce-00000000-0000-4000-8000-000000000002',
            },
            {
              '@id': 'https://x.example/resources/ce-00000000-0000-4000-8000-000000000002',
              '@type': 'ceterms:MicroCredential',
              'ceterms:name': { en: 'Untouched' },
            },
            {
              '@id': 'https://x.example/o',
              '@type': 'ceterms:CredentialOrganization',
              'ceterms:name': { en: 'Spinners' },
            },
          ],
        }),
      ],
    ],
  ],
  [
    'schema-org',
    [
      [
        'tables.json',
        JSON.stringify([
          {
            '@context': ['https://schema.org/', { own: 'https://schema.org/' }],
            '@type': 'Course',
            '@id': 'own:weaving',
            'own:name': 'Weaving',
            url: 'https://x.example/weaving',
            courseMode: ['onsite', 'mooc, hybrid'],
            educationalLevel: { '@type': 'DefinedTerm', name: 'Level 6', inDefinedTermSet: 'DQR' },
            numberOfCredits: { '@type': 'StructuredValue', value: 3, unitText: 'ECTS' },
            isAccessibleForFree: { '@id': 'https://schema.org/True' },
            'http://purl.org/dc/terms/conformsTo': { '@id': 'https://bioschemas.org/profiles/Course/1.0-RELEASE' },
            provider: {
              '@type': 'Organization',
              '@id': 'https://x.example/#o',
              name: { '@value': 'Weavers', '@language': 'en' },
            },
            hasCourseInstance: { '@type': 'CourseInstance', courseMode: 'online', startDate: '2027-05-01' },
            '@reverse': { hasPart: { '@id': 'https://x.example/all', '@type': 'Course', name: 'All of it' } },
          },
          {
            '@context': 'https://schema.org',
            '@id': 'https://x.example/#o',
            '@type': 'Organization',
            email: 'x',
            legalName: 'W',
          },
          {
            '@context': 'https://schema.org',
            '@type': 'Course',
            name: 'Untouched',
            url: 'https://x.example/untouched',
          },
        ]),
      ],
    ],
  ],
  [
    'xcri-cap',
    [
      [
        'tables.xml',
        `<?xml version="1.0" encoding="UTF-8"?>
<catalog xmlns="http://xcri.org/profiles/1.2/catalog" xmlns:mlo="http://purl.org/net/mlo" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:t="http://xcri.org/profiles/catalog/1.2/terms">
<provider>
<dc:title xml:lang="en">Weavers</dc:title>
<dc:identifier>https://x.example/</dc:identifier>
<course>
<dc:identifier>https://x.example/weaving</dc:identifier>
<dc:title xml:lang="en">Weaving</dc:title>
<dc:type xsi:type="t:CourseType">Certificate</dc:type>
<dc:description xsi:type="t:aim" xml:lang="en">To weave.</dc:description>
<dc:description xsi:type="t:learningOutcome">Weaves.</dc:description>
<presentation>
<dc:identifier>https://x.example/weaving/1</dc:identifier>
<mlo:start dtf="2027-05-01">1 May 2027</mlo:start>
<studyMode identifier="PT">Part time</studyMode>
<attendanceMode identifier="ON">Online (no attendance)</attendanceMode>
<mlo:languageOfInstruction>en</mlo:languageOfInstruction>
<mlo:cost>GBP 10</mlo:cost>
</presentation>
</course>
<course>
<dc:identifier>https://x.example/untouched</dc:identifier>
<dc:title xml:lang="en">Untouched</dc:title>
</course>
</provider>
</catalog>
`,
      ],
    ],
  ],
]);
