import type { Vocabulary } from '../vocabulary.ts';
import { assessmentTypes } from './assessment-types.ts';
import { countries } from './countries.ts';
import { credentialKinds } from './credential-kinds.ts';
import { eqf } from './eqf.ts';
import { esco } from './esco.ts';
import { iscedAncestors, iscedF } from './isced-f.ts';
import { languages } from './languages.ts';
import { modesOfLearning } from './modes-of-learning.ts';
import { eqfFromNqf } from './nqf-to-eqf.ts';
import { nuts, nutsCountry } from './nuts.ts';
import { qfEheaCycle } from './qf-ehea-cycle.ts';
import { qualityAssuranceKinds } from './quality-assurance-kinds.ts';
import { supervision } from './supervision.ts';
import { targetGroups } from './target-groups.ts';

export {
  assessmentTypes,
  countries,
  credentialKinds,
  eqf,
  eqfFromNqf,
  esco,
  iscedAncestors,
  iscedF,
  languages,
  modesOfLearning,
  nuts,
  nutsCountry,
  qfEheaCycle,
  qualityAssuranceKinds,
  supervision,
  targetGroups,
};

/** All controlled vocabularies by name. */
export const vocabularies: Readonly<Record<string, Vocabulary>> = Object.fromEntries(
  [
    assessmentTypes,
    countries,
    credentialKinds,
    eqf,
    esco,
    iscedF,
    languages,
    modesOfLearning,
    nuts,
    qfEheaCycle,
    qualityAssuranceKinds,
    supervision,
    targetGroups,
  ].map((vocabulary): [string, Vocabulary] => [vocabulary.name, vocabulary]),
);
