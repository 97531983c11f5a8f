/** Resources of the standard that can be where reading starts. */
const LISTS = /\/(?:courses|programs|programmes|education-specifications|organi[sz]ations)\/?$/;

/** Sizes the standard allows (QualityLink Data Exchange, "OOAPI", "Metadata"). */
export const PAGE_SIZES = [250, 100, 50, 20, 10];

/** The largest page that the standard allows and that is not larger than what the provider asks for. */
export const pageSizeFor = (asked = 250): number => PAGE_SIZES.find((size) => size <= asked) ?? 10;

/** Puts the parameters of a manifest into an address. */
export function addQuery(url: URL, query: Record<string, string | string[]> = {}): URL {
  for (const [name, value] of Object.entries(query)) {
    url.searchParams.delete(name);
    for (const one of [value].flat()) url.searchParams.append(name, one);
  }
  return url;
}

/** Where reading an OOAPI starts: the list of courses below the root, unless the manifest names a list itself. */
export function ooapiAddress(
  root: string,
  query: Record<string, string | string[]> = {},
  pageSize: number | undefined = undefined,
): string {
  const url = new URL(root);
  if (!LISTS.test(url.pathname)) url.pathname = `${url.pathname.replace(/\/+$/, '')}/courses`;
  addQuery(url, query);
  if (pageSize !== undefined || !url.searchParams.has('pageSize')) {
    url.searchParams.set('pageSize', String(pageSizeFor(pageSize)));
  }
  url.hash = '';
  return url.href;
}
