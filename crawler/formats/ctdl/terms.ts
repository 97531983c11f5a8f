import { isObject, table } from '../../../schema/index.ts';
import { createTerms, type JsonLdProfile } from '../../decode/linked/terms.ts';

const CTID = /(?:^|[/:])(ce-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** A CTID in lower case when the reference is one, whatever its host and route (`/graph/`, `/resources/`, `urn:ctid:`). */
export const ctidOf = (reference: string): string | undefined => CTID.exec(reference.trim())?.[1]?.toLowerCase();

/** The form under which references meet: CTIDs are the same in any case, other identifiers stay to the letter. */
export const referenceKey = (reference: string): string => ctidOf(reference) ?? reference.trim();

/** Credentials by the kind of the vocabulary credential-kind; `undefined`: a credential of no such kind. */
export function credentialKind(type: string): { kind?: string } | undefined {
  const known = KINDS.get(type);
  if (known !== undefined) return known ? { kind: known } : {};
  if (/Degree$|Doctorate$/.test(type)) return { kind: 'degree' };
  if (/Certificate$/.test(type)) return { kind: 'certificate' };
  if (/Diploma$/.test(type)) return { kind: 'diploma' };
  return undefined;
}

/** Classes of credreg.net/ctdl/terms. A MasterCertificate is that of a master of a trade, no degree. */
const KINDS = table({
  MicroCredential: 'micro-credential',
  Badge: 'badge',
  DigitalBadge: 'badge',
  OpenBadge: 'badge',
  Certificate: 'certificate',
  CertificateOfCompletion: 'certificate-of-completion',
  CertificateOfParticipation: '',
  Certification: 'certificate',
  License: 'licence',
  Licence: 'licence',
  Credential: '',
  ApprenticeshipCertificate: 'qualification',
  JourneymanCertificate: 'qualification',
  MasterCertificate: 'qualification',
  GeneralEducationDevelopment: 'diploma',
  Course: 'course',
  LearningProgram: 'programme',
  Program: 'programme',
  Curriculum: 'programme',
  LearningOpportunityProfile: '',
  LearningOpportunity: '',
});

export const isOrganisation = (type: string): boolean => /Organization$/.test(type);

/** Vocabularies whose terms a CTDL document uses; within one node their local names do not clash. */
const PREFIXES = new Set('ceterms ceasn ctdl cc schema sdo haridus dcterms dct dc skos qdata owl'.split(' '));
const BASES = [
  'purl.org/ctdl/terms/',
  'purl.org/ctdlasn/terms/',
  'credreg.net/ctdl/terms/',
  'credreg.net/ctdlasn/terms/',
  'credentialcommons.org/ns/0.1/',
  'schema.edu.ee/0.1/',
  'schema.org/',
  'purl.org/dc/terms/',
  'purl.org/dc/elements/1.1/',
  'www.w3.org/2004/02/skos/core#',
  'www.w3.org/2002/07/owl#',
  'credreg.net/qdata/terms/',
  'purl.org/qdata/terms/',
];

/** Properties that lead to other records of the catalogue: of those only name and identity are taken along. */
const TO_OTHERS = new Set(
  (
    'isPartOf hasPart isMemberOf hasMember isSimilarTo hasChild isChildOf isTopChildOf hasTopChild narrowAlignment broadAlignment ' +
    'exactAlignment owns offers accredits approves recognizes regulates renews revokes parentOrganization subOrganization department'
  ).split(' '),
);

export const PROFILE: JsonLdProfile = {
  prefixes: PREFIXES,
  bases: BASES,
  identifier: 'ctid',
  pages: ['subjectWebpage', 'url'],
  codes: ['codedNotation'],
  key: referenceKey,
  isRecord: (type) => credentialKind(type) !== undefined,
  isOrganisation,
  toOthers: TO_OTHERS,
  // Pictures are no part of a catalogue.
  leftOut: new Set(['image']),
};

const MOST_TERMS = 5_000;
const usual = new Map<string, string>();
const usualTerm = createTerms(undefined, PROFILE);

/** Local names under a context. Most contexts are addresses, which define nothing here: those share what is known. */
export function termsOf(context: unknown): (key: string) => string {
  const defines = Array.isArray(context) ? context.some(isObject) : isObject(context);
  if (defines) return createTerms(context, PROFILE);
  return (key) => {
    let term = usual.get(key);
    if (term === undefined) {
      if (usual.size >= MOST_TERMS) usual.clear();
      term = usualTerm(key);
      usual.set(key, term);
    }
    return term;
  };
}

/** The last part of a term or an address (`assessMethod:Exam`, `https://credreg.net/ctdl/terms/Exam`). */
export const lastPart = (term: string): string =>
  term
    .trim()
    .replace(/[/#]{1,9}$/, '')
    .split(/[:/#]/)
    .at(-1) ?? '';

/** The words of a term of CTDL, which are English: `CertificateOfParticipation` → "Certificate Of Participation". */
export const wordsOfTerm = (term: string): string => lastPart(term).replace(/(?<=[a-z])(?=[A-Z])/g, ' ');

const SCHEME = /(?:^|[/#:_.-])(ECTS|SCQF|CATS|CQFW|RQF|QCF|NFQ)(?=$|[/#:_.-])/i;

/** The scheme of credits or levels that an address names in some part of it: `https://…/scqf/credits/`. */
export const schemeOf = (address: string): string | undefined => SCHEME.exec(address)?.[1]?.toUpperCase();
