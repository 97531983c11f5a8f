/** Where a page leads. */
export interface PageLink {
  url: string;
  role?: string;
  modified?: string;
}
