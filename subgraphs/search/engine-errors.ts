import {
  InvalidPosition,
  SearchUnavailable,
  SearchWindowExceeded,
  TooManyAlternatives,
} from '../../catalogue/search/search-engine.ts';
import { badUserInput, expectedError } from '../shared/errors.ts';
import { notACursor } from '../shared/opaque-cursor.ts';

/** Runs a call to the search engine; its expected failures become errors that a reader can act on. */
export async function explained<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof SearchWindowExceeded) {
      throw expectedError('SEARCH_WINDOW_EXCEEDED', error.message, {
        argument: 'after',
        remedy: 'narrow the filters, or sort by NEWEST, TITLE or ID: those can be paged through to their end',
      });
    }
    if (error instanceof InvalidPosition) throw notACursor();
    if (error instanceof TooManyAlternatives) {
      throw badUserInput(error.message, { argument: 'filter.opportunity', remedy: 'name fewer alternatives' });
    }
    if (error instanceof SearchUnavailable) {
      // The engine's own words may name hosts; they belong in the log of whoever runs it.
      throw expectedError('SEARCH_UNAVAILABLE', 'search does not answer at the moment', {
        remedy: 'try again in a few seconds; credential, provider and source still answer',
      });
    }
    throw error;
  }
}
