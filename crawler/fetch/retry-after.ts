/**
 * Retry-After (RFC 9110 §10.2.3) in seconds from now; undefined if it says nothing usable (`soon`, `-5`, a past date).
 * A date is measured against the answer's own Date where there is one, so that a host with a wrong clock is still understood.
 */
export function retryAfterSeconds(
  value: string | undefined,
  date: string | undefined,
  now = Date.now(),
): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d{1,12}$/.test(text)) return Number(text);
  if (!/^[A-Za-z]{3,9},? /.test(text)) return undefined;
  // The oldest form (asctime) has no zone; HTTP dates are always GMT.
  const at = Date.parse(/GMT|UTC|[+-]\d{4}$/.test(text) ? text : `${text} GMT`);
  if (Number.isNaN(at)) return undefined;
  const sent = Date.parse(date ?? '');
  const seconds = Math.ceil((at - (Number.isNaN(sent) ? now : sent)) / 1000);
  return seconds > 0 ? seconds : undefined;
}
