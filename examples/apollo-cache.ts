/**
 * For Apollo Client: languages belong to the cache key of every field that holds a text or a label.
 *
 *     new InMemoryCache({ typePolicies: typePoliciesByLanguage })
 *
 * Without it the client files the answers to `credential(id: "crd_…", languages: ["en"])` and `(…, languages: ["nl"])`
 * under one entry, and the later one is shown for both. With it each field is kept once for each value of its own
 * `languages` argument and of the operation's variable `$languages`, so operations must pass the languages of their
 * root fields in a variable of that name.
 */
const KEY = ['languages', '$languages', 'names', 'types'];

const byLanguage = (fields: string) => ({
  fields: Object.fromEntries(fields.split(/\s+/).map((field) => [field, { keyArgs: KEY }])),
});

export const typePoliciesByLanguage = {
  Credential: byLanguage(
    `title issuerCountry awardingBody learningOutcomes level assessment participation qualityAssurance prerequisites
     supervision grade stackability furtherInformation description kind fields skills occupations targetGroup purpose
     offeredBy languages funding certificationFormat conditionsToEarn elements relations`,
  ),
  Opportunity: byLanguage('name country participation languages funding'),
  Provider: byLanguage('name country description evidence'),
};
