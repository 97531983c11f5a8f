import { type Accept, parseAccept } from 'hono/utils/accept';

/**
 * The media type to answer with (RFC 9110 §12.5.1): of those offered, most liked first, the one with the highest q, where
 * the most specific range that fits a type gives its q. Among equals the more specific range counts, then the order in the header,
 * then ours. The first one when nothing is said; undefined when nothing fits.
 */
export function preferredType<T extends string>(accept: string | undefined, offered: readonly T[]): T | undefined {
  const ranges = parseAccept(accept ?? '').filter(({ type }) => type === '*' || /^[^\s/]+\/[^\s/]+$/.test(type));
  if (ranges.length === 0) return offered[0];
  let best: (Fit & { type: T }) | undefined;
  for (const type of offered) {
    const fit = fitOf(type, ranges);
    if (fit && fit.q > 0 && (!best || compare(fit, best) < 0)) best = { type, ...fit };
  }
  return best?.type;
}

interface Fit {
  q: number;
  specificity: number;
  order: number;
}

const compare = (a: Fit, b: Fit): number => b.q - a.q || b.specificity - a.specificity || a.order - b.order;

/** The most specific range that a type fits into. They come sorted by q, so the kinder one of two equal ranges counts. */
function fitOf(type: string, ranges: readonly Accept[]): Fit | undefined {
  let fit: Fit | undefined;
  for (const [order, range] of ranges.entries()) {
    const specificity = specificityFor(type, range);
    if (specificity > (fit?.specificity ?? 0)) fit = { q: range.q, specificity, order };
  }
  return fit;
}

function specificityFor(type: string, { type: range, params }: Accept): 0 | 1 | 2 | 3 {
  // We write UTF-8 only. Other parameters are passed over: JSON is of more use to who asks for JSON with a twist than a refusal.
  const charset = Object.entries(params).find(([name]) => name.toLowerCase() === 'charset')?.[1];
  if (charset !== undefined && !/^(utf-?8|\*)$/i.test(charset)) return 0;
  const wanted = range.toLowerCase();
  if (wanted === type) return 3;
  if (wanted === `${type.slice(0, type.indexOf('/'))}/*`) return 2;
  return wanted === '*/*' || wanted === '*' ? 1 : 0;
}
