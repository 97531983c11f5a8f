import type { LangString } from '../../../schema/index.ts';
import type { AlignmentFacts } from '../../elements/alignments.ts';
import type { FieldFacts } from '../../elements/fields.ts';
import { distinctTexts } from '../../elements/texts.ts';
import type { Spot } from '../../record/spot.ts';

/** The labels of an entry of a framework: `name` is a list of `{inLanguage, name}`, or plain text (MOOChub 3, MultilingualLabel). */
export const labelsOf = (entry: Spot): LangString[] =>
  entry.node()
    ? distinctTexts(
        entry
          .each('name')
          .flatMap((label) =>
            label.node()
              ? label.with({ value: label.at('name').value, language: label.at('inLanguage').value }).texts()
              : label.texts(),
          ),
      )
    : entry.texts();

/** An entry of ESCO, DigComp, GRETA: its name, its own address, and the framework. */
export const alignmentFacts = (entry: Spot): AlignmentFacts => ({
  text: labelsOf(entry),
  uri: entry.at('targetUrl').said(),
  framework: entry.at('educationalFramework').said(),
  path: entry.path,
});

/** A subject of ISCED-F, OEFOS, BIRD. */
export const fieldFacts = (entry: Spot): FieldFacts & { path: string } => ({
  scheme: entry.at('educationalFramework').said(),
  code: entry.at('shortCode').said() ?? lastStep(entry.at('targetUrl').said()),
  text: labelsOf(entry),
  path: entry.path,
});

/** `http://data.europa.eu/esco/isced-f/0611` ends in the code. */
const lastStep = (uri: string | undefined): string | undefined => /\/(\d{2,6})\/?$/.exec(uri ?? '')?.[1];
