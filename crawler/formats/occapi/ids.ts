/** Unique everywhere, not within its institution only (RFC 9562). */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether an id means the same whatever stands around it. */
export const isWhole = (id: string): boolean => UUID.test(id);

/**
 * What a record is known by. "UUID v4 is recommended, but any value that is unique within the Institution may be used" (OCCAPI 2, id): what
 * is none goes with its institution and its type, as in its canonical path.
 */
export const identifierOf = (type: string, id: string, hei: string | undefined): string =>
  isWhole(id) ? id : [hei, type, id].filter(Boolean).join('/');

/** The institution in a canonical path: `/occapi/v2/hei/{heiId}/course/{id}`. */
export function heiIn(address: string | undefined): string | undefined {
  const step = /\/hei\/([^/?#]+)/.exec(address ?? '')?.[1];
  try {
    return step && decodeURIComponent(step);
  } catch {
    return step;
  }
}
