import { countryCode } from '../../schema/parse/country.ts';
import { each, problem, type Reading, texts } from './course-reading.ts';
import { isNode, list } from './linked-data.ts';

interface PlaceFacts {
  text?: string;
  locality?: string;
  region?: string;
  country?: string;
  virtual?: boolean;
}

/** A Place, a PostalAddress, a VirtualLocation or words. */
export function place(r: Reading, value: unknown, path: string): PlaceFacts {
  const facts: PlaceFacts = {};
  const parts: string[] = [];
  const word = (item: unknown): string | undefined => texts(r, item, path)[0]?.value;
  for (const item of list(value)) {
    if (!isNode(item)) {
      const text = word(item);
      if (text) parts.push(text);
      continue;
    }
    if (list(item['@type']).includes('VirtualLocation')) {
      facts.virtual = true;
      continue;
    }
    const name = item['name'] === undefined ? undefined : word(item['name']);
    if (name) parts.push(name);
    const addresses = list(item['address'] ?? (item['addressCountry'] || item['addressLocality'] ? item : undefined));
    for (const address of addresses) {
      if (!isNode(address)) {
        const text = word(address);
        if (text) parts.push(text);
        continue;
      }
      for (const key of ['streetAddress', 'postalCode', 'addressLocality']) {
        const text = word(address[key]);
        if (text && !parts.includes(text)) parts.push(text);
      }
      const locality = word(address['addressLocality']);
      const region = word(address['addressRegion']);
      if (locality) facts.locality ??= locality;
      if (region) facts.region ??= region;
      for (const [country, at] of each(address, 'addressCountry', path)) {
        const text = word(country);
        const code = text ? countryCode(text) : undefined;
        if (code) facts.country ??= code;
        else if (text) problem(r, at, 'country-unknown', text, 'give an ISO 3166-1 alpha-2 code', 'error');
      }
    }
  }
  const text = [...new Set(parts)].join(', ').slice(0, 1000);
  if (text) facts.text = text;
  return facts;
}
