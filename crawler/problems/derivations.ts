import { derived, type Element, own, withDerived } from '../../schema/index.ts';

/** How a derived value is worked out from what the source says, and what that rests on. */
export interface Derivation {
  meaning: string;
  /** The standard, crosswalk or table it rests on, where there is one. */
  source?: string;
}

const rule = (meaning: string, source?: string): Derivation => ({ meaning, ...(source ? { source } : {}) });

const CTDL = 'https://credreg.net/ctdl/handbook';
const ELM = 'https://github.com/european-commission-empl/European-Learning-Model';
const EQF = 'https://europass.europa.eu/en/compare-qualifications';

/**
 * Every rule by which a value is derived. Ids are public (`origin.rule`): add to them, rename none. The graph serves meaning and
 * source, so that a reader can ask "by which rule?".
 */
export const DERIVATIONS = {
  'source-default': rule("what the source's definition says of all its records"),
  'source-lookup': rule("what the source's definition says that this word of the source means"),
  'union-of-opportunities': rule('what the dated runs say, put together'),
  'workload-of-every-run': rule('every run states the same hours'),

  'provider-as-awarding-body': rule(
    'who offers a course is taken for who awards it, where the vocabulary names no awarding body',
    'https://schema.org/Course',
  ),
  'ctdl-offered-by': rule('who offers the credential is taken for who awards it, where no owner is named', CTDL),
  'credential-commons-crosswalk': rule('schema:provider is read as ceterms:ownedBy', 'https://credentialcommons.org/'),
  'ooapi-organisation-awards': rule(
    'the organisation of a course is taken for who awards it',
    'https://openonderwijsapi.nl/',
  ),
  'emil-provider-awards': rule(
    'who gives an event is taken for who awards, where no event names an examining body',
    'https://www.skolverket.se/om-skolverket/webbplatser-och-tjanster/oppna-data/api-for-utbildningstillfallen-susa-navet',
  ),
  'konfo-organisation-awards': rule(
    'the organisation that has an offer is taken for who awards it',
    'https://github.com/Opetushallitus/konfo-backend',
  ),
  'konfo-two-degrees': rule(
    '"180+120" are the credits of two degrees that follow each other, put together',
    'https://github.com/Opetushallitus/konfo-backend',
  ),
  'ehis-school-awards': rule(
    'the school that has registered the curriculum is taken for who awards',
    'http://enda.ehis.ee/avaandmed/',
  ),
  'smpkr-registrant': rule(
    'the institution that registers a programme is taken for who gives it and who awards',
    'https://github.com/atviriduomenys/manifest',
  ),
  'address-of-awarding-body': rule('the country in the address of the body that awards'),
  'country-of-organisation': rule('the country in the address of the organisation'),

  'nqf-to-eqf': rule('the EQF level to which the country has referenced the level of its framework', EQF),
  'level-in-words-to-cycle': rule(
    'the word names a cycle of the European Higher Education Area',
    'https://www.ehea.info/page-qualification-frameworks',
  ),
  'ooapi-resource': rule('the kind of thing that the identifier is of', 'https://openonderwijsapi.nl/'),
  'ooapi-level-to-cycle': rule(
    'the specification says which level of qualification the word corresponds to',
    'https://openonderwijsapi.nl/',
  ),
  'ooapi-sbu-is-hours': rule(
    '"sbu" are student workload hours (OEAPI 6.1, studyLoadUnit)',
    'https://openonderwijsapi.nl/',
  ),
  'ctdl-required-learning': rule('what the one required course or assessment states', CTDL),

  'moochub-creator': rule(
    'the organisations that created a course, else its partner institutes, else who publishes it are taken for who awards it',
    'https://github.com/MOOChub/schema',
  ),
  'hours-a-week-times-duration': rule(
    'the stated hours of each week (month, day) times the weeks of the stated duration',
  ),

  'occapi-institution-awards': rule(
    'the institution in whose catalogue a course or programme stands is taken for who awards it',
    'https://github.com/EuropeanUniversityFoundation/occapi-openapi',
  ),
  'occapi-level-of-programmes': rule(
    'the EQF level of all the programmes that a course is in is taken for its own',
    'https://github.com/EuropeanUniversityFoundation/occapi-openapi',
  ),
  'occapi-resource': rule(
    'the type of the resource: a course or a programme',
    'https://github.com/EuropeanUniversityFoundation/occapi-openapi',
  ),

  'edu-api-organization-awards': rule(
    'the organisation of a course or collection is taken for who awards it',
    'https://www.imsglobal.org/spec/eduapi/v1p0',
  ),
  'edu-api-level-to-eqf': rule(
    'undergraduate, graduate and doctoral are the levels of bachelor, master and doctorate, as QualityLink reads them',
    'https://github.com/Knowledge-Innovation-Centre/quality-link-infra',
  ),
  'edu-api-resource': rule(
    'the kind of template: of a course, or of a collection of them',
    'https://www.imsglobal.org/spec/eduapi/v1p0',
  ),

  'open-badges-type': rule(
    'the type of the object: a BadgeClass defines a badge',
    'https://www.imsglobal.org/spec/ob/v2p0/',
  ),
  'open-badges-creator': rule(
    'who defined an achievement is taken for who awards it',
    'https://www.imsglobal.org/spec/ob/v3p0/',
  ),
  'edubadges-institution-awards': rule(
    'the institution of which the issuer is a part is taken for who awards',
    'https://github.com/edubadges/edubadges-server',
  ),
  'brin-is-dutch': rule('a BRIN number is of the Dutch register of institutions', 'https://onderwijsdata.duo.nl/'),
  'oeb-study-load-is-minutes': rule(
    'Open Educational Badges counts the study load in minutes, although its schema says hours',
    'https://github.com/mint-o-badges/badgr-server',
  ),
  'elm-other-country': rule(
    'the awarding body names no country: that of the provider, of the place of the award or of the publisher',
    ELM,
  ),
  'elm-short-learning-programme': rule(
    "a short learning programme is taken for a micro-credential, as the Commission's own sample of one is typed",
    'https://github.com/european-commission-empl/European-Learning-Model/tree/master/Credentials',
  ),
  'cineca-grade': rule('V is a mark (voto) and G a judgement (giudizio) in the codes of U-GOV and ESSE3'),
  'ewp-type-in-id': rule(
    'the type that the identifier of a learning opportunity must begin with (LosID)',
    'https://github.com/erasmus-without-paper/ewp-specs-api-courses',
  ),
  'micro-credential-in-title': rule('the title calls it a micro-credential'),

  'lheo-hours-of-parts': rule(
    'the hours in the centre and those in the company make the whole (LHEO 2.3, nombre-heures-total)',
    'http://lheo.gouv.fr/2.3',
  ),
  'rncp-registers-qualifications': rule(
    'what is registered in the RNCP is a full professional qualification (Code du travail, L6113-1 and L6113-5)',
    'https://www.francecompetences.fr/',
  ),
  'teaching-unit-is-45-minutes': rule(
    'a teaching unit (Unterrichtseinheit, UE) is 45 minutes long',
    'https://www.arbeitsagentur.de/',
  ),

  'degree-in-name': rule('what is awarded is called by the name of a degree'),
  'uk-qualification-title': rule(
    'a title that the frameworks of the UK reserve for this kind (FHEQ/FQHEIS, RQF)',
    'https://www.qaa.ac.uk/the-quality-code/qualifications-frameworks',
  ),
  'schema-org-type': rule('the type of the node', 'https://schema.org/Course'),
  'free-category': rule(
    'the offer is of category "Free", or the course is accessible for free',
    'https://schema.org/category',
  ),
  'financial-aid-flag': rule('the flag says that there is financial aid', 'https://schema.org/financialAidEligible'),
  'virtual-location': rule('the place of the run is a virtual one', 'https://schema.org/VirtualLocation'),
  'work-based-program': rule('the node is a work-based programme', 'https://schema.org/WorkBasedProgram'),
} as const satisfies Record<string, Derivation>;

export type DerivationId = keyof typeof DERIVATIONS;

/** The derivation of that id; undefined for ids of formats that bring their own. */
export const derivationOf = (id: string): Derivation | undefined => own<Derivation>(DERIVATIONS, id);

/** `value` follows by a published rule from what stands at `path`. */
export const derivedBy = <T>(value: T, path: string, id: DerivationId): Element<T> => derived(value, path, id);

/** Adds to a stated element what a published rule makes of it, without touching what was stated. */
export const alsoDerived = <T>(element: Element<T>, value: T, path: string, id: DerivationId): Element<T> =>
  withDerived(element, value, path, id);
