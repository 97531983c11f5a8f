/** A saved query: a tab in GraphiQL, and the first one to paste on the front page. */
export interface ExampleQuery {
  title: string;
  query: string;
  variables?: Record<string, unknown>;
}

export const EXAMPLE_QUERIES: readonly [ExampleQuery, ...ExampleQuery[]] = [
  {
    title: 'First search',
    query: `# Five credentials with what a portal shows of them
query FirstSearch {
  search(text: "data", facets: [COUNTRY, LANGUAGE], first: 5) {
    totalCount
    edges {
      node {
        id
        title { text language }
        awardingBody { providers { name { text } country { label } } }
        workload { ects hours }
        level { eqf }
      }
    }
    facets { name values { value label count } }
  }
}
`,
  },
  {
    title: 'Filters',
    query: `# Online, at most 10 ECTS, with the number of hits per country
query Filters {
  search(
    filter: { mode: ["online"], ects: { max: 10 }, conformance: { smallVolume: [YES] } }
    facets: [COUNTRY, LANGUAGE, EQF]
    first: 10
  ) {
    totalCount
    edges { node { id title { text } conformance { question answer reason } } }
    facets { name values { value label count } }
    pageInfo { hasNextPage endCursor }
  }
}
`,
  },
  {
    title: 'Where it comes from',
    query: `# Each element with its state and its place in the source
query Origins {
  search(first: 1) {
    edges {
      node {
        id
        source { id title licence freshAt }
        elements { name state origin { path rule retrievedAt } }
        title { state text language all { text language } }
        level { state eqf nqf { country level } derived { eqf origin { rule } } }
      }
    }
  }
}
`,
  },
  {
    title: 'Languages',
    query: `# Titles in Dutch where there are any; \`language\` says which one was given
query Languages {
  search(first: 10, languages: ["nl", "de"]) {
    edges {
      node {
        title { text language }
        inEstonian: title(languages: ["et"]) { text language }
      }
    }
  }
}
`,
  },
  {
    title: 'Sources',
    query: `# How fresh and how complete each source is
query Sources {
  sources {
    id
    title
    publisher
    licence
    example
    records
    freshAt
    lastRun { state seen created updated withdrawn rejected problemCount }
    completeness { element stated ratio }
  }
}
`,
  },
];
