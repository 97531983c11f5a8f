import { GraphQLError, Lexer, Source, TokenKind } from 'graphql';
import { badUserInput } from '../../subgraphs/shared/errors.ts';
import { type Limits, tooLarge } from '../limits.ts';

/** Selections within selections; inline fragments do not count as depth, so this is far above `depth`. */
const BRACES = 60;

/**
 * Looks at the tokens of a document, one after the other, before it is parsed: the parser calls itself for every
 * bracket, so that a few thousand of them would overflow the stack. Syntax itself is left to the parser.
 */
export function scanDocument(text: string, limits: Limits): GraphQLError | undefined {
  if (text.length > limits.documentLength) {
    return tooLarge('document length', limits.documentLength, text.length, 'use variables, or split the operation');
  }
  const lexer = new Lexer(new Source(text));
  let tokens = 0;
  let selections = 0;
  /** Brackets open within parentheses, these included: arguments, variables and their values. */
  let values = 0;
  let name = '';
  let argument = '';
  try {
    for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
      tokens += 1;
      if (tokens > limits.tokens) {
        return tooLarge('tokens', limits.tokens, tokens, 'use variables, or split the operation');
      }
      const { kind } = token;
      if (kind === TokenKind.NAME) name = token.value;
      else if (kind === TokenKind.COLON && values === 1) argument = name;
      else if (
        kind === TokenKind.PAREN_L ||
        kind === TokenKind.BRACKET_L ||
        (kind === TokenKind.BRACE_L && values > 0)
      ) {
        values += 1;
        if (values > limits.valueDepth + 1) return nestedTooDeep(argument || 'the document', limits.valueDepth);
      } else if (kind === TokenKind.BRACE_L) {
        selections += 1;
        if (selections > BRACES) {
          return tooLarge('depth', limits.depth, selections, 'ask for less nesting, or follow ids in a second request');
        }
      } else if (kind === TokenKind.PAREN_R || kind === TokenKind.BRACKET_R) values = Math.max(0, values - 1);
      else if (kind === TokenKind.BRACE_R) {
        if (values > 0) values -= 1;
        else selections = Math.max(0, selections - 1);
      }
    }
  } catch (error) {
    if (error instanceof GraphQLError) return undefined;
    throw error;
  }
  return undefined;
}

/** The error of a value with lists or objects within each other beyond the bound. */
export const nestedTooDeep = (argument: string, allowed: number): GraphQLError =>
  badUserInput(`${argument}: values stand at most ${allowed} lists and objects deep, this one is deeper`, {
    argument,
    limit: 'value depth',
    allowed,
    asked: allowed + 1,
    remedy: 'compare the argument with the schema: no input is that deep',
  });
