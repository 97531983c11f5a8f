/** One step of a JSON Pointer (RFC 6901, section 3). */
export const pointerStep = (name: string): string =>
  name.includes('~') || name.includes('/') ? name.replaceAll('~', '~0').replaceAll('/', '~1') : name;
