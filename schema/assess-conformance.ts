import type { Answer, Conformance, ConformanceAnswer } from './conformance.ts';
import type { Credential } from './credential.ts';

/** Above this many ECTS (one academic year) a credential is no "small volume of learning". */
export const SMALL_VOLUME_ECTS = 60;
const SMALL_VOLUME_HOURS = 1800; // 60 ECTS × 30 h, the upper end of the ECTS Users' Guide 2015 §1.3

const answer = (value: Answer, element: string, reason: string): ConformanceAnswer => ({
  answer: value,
  element,
  reason,
});

/** Asks the four questions of a record. Pure; looks only at what is stated or derived in it. */
export function assessConformance(c: Omit<Credential, 'conformance'>): Conformance {
  return {
    smallVolume: smallVolume(c),
    outcomesStated: c.learningOutcomes.value?.length
      ? answer(
          'yes',
          'learningOutcomes',
          `${c.learningOutcomes.value.length} learning outcome(s) ${c.learningOutcomes.state}`,
        )
      : answer('unknown', 'learningOutcomes', 'the source states no learning outcomes'),
    assessed: assessed(c),
    qualityAssured: qualityAssured(c),
  };
}

function smallVolume(c: Omit<Credential, 'conformance'>): ConformanceAnswer {
  const kind = c.kind.value?.code ?? c.kind.derived?.value.code;
  if (kind === 'degree' || kind === 'diploma' || kind === 'qualification') {
    return answer('no', 'kind', `a ${kind} is a full qualification`);
  }
  const load = { ...c.workload.derived?.value, ...c.workload.value }; // what is stated comes before what is derived
  const ects = load.ectsMax ?? load.ects;
  if (ects !== undefined && ects > 0) {
    return ects <= SMALL_VOLUME_ECTS
      ? answer('yes', 'workload', `${ects} ECTS`)
      : answer('no', 'workload', `${ects} ECTS is more than an academic year`);
  }
  const hours = load.hoursMax ?? load.hours;
  if (hours !== undefined && hours > 0) {
    return hours <= SMALL_VOLUME_HOURS
      ? answer('yes', 'workload', `${hours} hours`)
      : answer('no', 'workload', `${hours} hours is more than an academic year`);
  }
  // Nobody learns nothing: how large it is, 0 does not say. But it was said.
  if (ects === 0) return answer('unknown', 'workload', 'the source states 0 ECTS');
  if (hours === 0) return answer('unknown', 'workload', 'the source states 0 hours');
  return answer('unknown', 'workload', 'the source states neither ECTS nor hours');
}

function assessed(c: Omit<Credential, 'conformance'>): ConformanceAnswer {
  if (c.assessment.state === 'not-applicable')
    return answer('no', 'assessment', 'the source says there is no assessment');
  const { codes = [], text = [] } = c.assessment.value ?? c.assessment.derived?.value ?? {};
  if (codes.length > 0 || text.length > 0)
    return answer('yes', 'assessment', 'the source states how learning is assessed');
  return answer('unknown', 'assessment', 'the source states no assessment');
}

function qualityAssured(c: Omit<Credential, 'conformance'>): ConformanceAnswer {
  const { kinds = [], claims = [] } = c.qualityAssurance.value ?? c.qualityAssurance.derived?.value ?? {};
  return kinds.length > 0 || claims.length > 0
    ? answer('yes', 'qualityAssurance', 'the source claims quality assurance; evidence is shown with the provider')
    : answer(
        'unknown',
        'qualityAssurance',
        'the source states nothing; no evidence found is not "not quality-assured"',
      );
}
