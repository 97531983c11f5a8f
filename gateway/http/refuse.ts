import type { Context } from 'hono';
import { sendRefusal } from './graphql-answer.ts';
import { problem, type Refusal } from './refusal.ts';

/** A refusal in the shape and the media type in which whoever asked would have had the answer. */
export const refuse = (c: Context, refusal: Refusal): Response | Promise<Response> =>
  c.req.path === '/graphql' ? sendRefusal(c, refusal) : problem(c, refusal);
