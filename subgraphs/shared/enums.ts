import { Answer, CONFORMANCE_QUESTIONS, ELEMENTS, ElementState } from '../../schema/index.ts';
import { enumValues } from './enum-values.ts';

/** Resolvers of the enums in `types.graphql`. */
export const sharedEnums = {
  ElementName: enumValues(ELEMENTS),
  ElementState: enumValues(ElementState.options),
  Answer: enumValues(Answer.options),
  ConformanceQuestion: enumValues(CONFORMANCE_QUESTIONS),
  RecordStatus: enumValues(['live', 'missing', 'withdrawn']),
};
