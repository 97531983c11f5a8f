import {
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import { badUserInput } from '../subgraphs/shared/errors.ts';
import { wantedLanguages } from '../subgraphs/shared/languages.ts';

/**
 * The languages of a whole operation: the `languages` argument of its root fields, else those of the request.
 *
 * A root field and the entities below it are answered by different subgraphs, and an entity's representation is
 * only its id. So the gateway reads the argument before execution and hands the languages on with the request, in
 * the context of subgraphs in process and as Accept-Language to those over HTTP. Hence one operation has one list;
 * for a second language beside it, elements have a `languages` argument of their own.
 */
export function operationLanguages(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  ofRequest: readonly string[],
): readonly string[] {
  const given = new Map<string, string[]>();
  const seen = new Set<string>();
  const collect = (set: SelectionSetNode): void => {
    for (const node of set.selections) {
      if (node.kind === Kind.INLINE_FRAGMENT) collect(node.selectionSet);
      else if (node.kind === Kind.FRAGMENT_SPREAD) {
        if (seen.has(node.name.value)) continue;
        seen.add(node.name.value);
        const fragment = document.definitions.find(
          (d) => d.kind === Kind.FRAGMENT_DEFINITION && d.name.value === node.name.value,
        );
        if (fragment?.kind === Kind.FRAGMENT_DEFINITION) collect(fragment.selectionSet);
      } else {
        const argument = node.arguments?.find((a) => a.name.value === 'languages');
        if (!argument) continue;
        const value = valueFromASTUntyped(argument.value, variables as Record<string, never>);
        if (value == null) continue;
        const list = (Array.isArray(value) ? value : [value]).map(String);
        given.set(JSON.stringify(list), list);
      }
    }
  };
  collect(operation.selectionSet);
  if (given.size > 1) {
    throw badUserInput('languages: the root fields of one operation ask for different languages', {
      argument: 'languages',
      remedy:
        'give all root fields the same languages, and elements (title(languages:), …) their own where they differ',
    });
  }
  return wantedLanguages([...given.values()][0], ofRequest);
}
