import type { ExampleQuery } from '../gateway/pages/example-queries.ts';

/** Each query answers a question that people have; all of them find something in the example data. */
export const exampleQueries: readonly ExampleQuery[] = [
  {
    title: 'Search with facets: solar energy, up to 10 ECTS',
    query: `query Search($text: String) {
  search(
    text: $text
    filter: { ects: { max: 10 } }
    facets: [COUNTRY, LANGUAGE, MODE, EQF]
    first: 10
    languages: ["en"]
  ) {
    totalCount
    facets { name values { value label count } }
    edges {
      highlights { field text }
      node {
        id
        title { text language }
        awardingBody { providers { name { text } country { label } } }
        workload { ects hours duration }
        source { title example }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
    variables: { text: 'solar' },
  },
  {
    title: 'Opportunities that start in May and are in Lyon (one and the same run)',
    query: `query MayInLyon {
  search(filter: { opportunity: { startFrom: "2027-05-01", startTo: "2027-05-31", place: ["Lyon"] } }, first: 20) {
    totalCount
    edges {
      node {
        title { text language }
        opportunities(startFrom: "2027-05-01") {
          startDate
          endDate
          applicationDeadline
          locality
          participation { label }
          prices { amount currency }
          url
        }
      }
    }
  }
}`,
  },
  {
    title: 'Compare two credentials side by side',
    query: `query Compare($ids: [ID!]!) {
  credentials(ids: $ids, languages: ["en"]) {
    id
    title { text language }
    learningOutcomes { outcomes { text language } }
    workload { state ects hours duration }
    level { state eqf text derived { eqf origin { rule } } }
    assessment { state text language }
    participation { state modes { label } }
    qualityAssurance { state }
    costs { state prices { amount currency text } }
    conformance { question answer reason }
  }
}`,
    variables: {
      ids: [
        'https://www.hochschule-weser.example/weiterbildung/waermepumpe-fachkraft',
        'https://www.university-meuse.example/modules/warmtepompen-ontwerp',
      ],
    },
  },
  {
    title: 'For researchers: every element with state, origin and rule',
    query: `query Provenance {
  search(filter: { source: ["example-nl-meuse"] }, first: 3) {
    edges {
      node {
        id
        identifier
        version
        retrievedAt
        elements {
          name
          state
          origin { path rule retrievedAt source { id } }
        }
        title { all { text language } }
        level { text derived { eqf origin { path rule } } }
        learningOutcomes { outcomes { all { text language } uri } }
      }
    }
  }
}`,
  },
  {
    title: 'Unknown stays unknown: records whose source states no assessment',
    query: `query Unassessed {
  search(filter: { elementNotStated: [ASSESSMENT] }, facets: [COUNTRY, SOURCE], first: 10) {
    totalCount
    facets { name values { label count } }
    edges {
      node {
        title { text language }
        assessment { state text }
        conformance { question answer reason }
      }
    }
  }
}`,
  },
  {
    title: 'Free of charge, online, taught in Finnish or Swedish',
    query: `query FreeOnline {
  search(
    filter: { opportunity: { free: true, mode: ["online"], language: ["fi", "sv"] } }
    sort: { by: START_DATE }
    first: 10
    languages: ["en", "sv", "fi"]
  ) {
    totalCount
    edges {
      node {
        title { text language }
        opportunities(first: 3) { startDate participation { code } languages { label } prices { amount currency } }
      }
    }
  }
}`,
  },
  {
    title: 'For applications with a cache: ids everywhere, languages on each text',
    query: `query Cached($languages: [String!]) {
  search(text: "data", first: 10) {
    edges {
      cursor
      node {
        id
        title(languages: $languages) { text language }
        awardingBody(languages: $languages) { providers { id name(languages: $languages) { text } } }
        level(languages: $languages) { text eqf }
        opportunities(first: 3) {
          id
          identifier
          startDate
          country(languages: $languages) { code label }
          participation(languages: $languages) { code label }
          url
        }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
    variables: { languages: ['nl', 'en'] },
  },
  {
    title: 'Sources: how fresh, how complete, what went wrong',
    query: `query Sources {
  sources {
    id
    title
    format
    publisher
    licence
    example
    records
    freshAt
    lastRun {
      state
      seen
      rejected
      problemCount
      problems(first: 3) { identifier path rule severity found remedy }
    }
    completeness { element stated total ratio }
  }
}`,
  },
  {
    title: 'Providers of a country, with dated evidence about quality',
    query: `query Providers {
  providers(country: "IE", first: 10) {
    totalCount
    edges {
      node {
        id
        name { text language }
        country { label }
        locality
        url
        credentialCount
        evidence { kind { label } by against from until }
        source { title }
      }
    }
  }
}`,
  },
];
