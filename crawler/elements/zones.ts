import type { SourceDefinition } from '../../schema/index.ts';

/** The one time zone of a country, for those that have one (IANA time zone database); countries with several are left out. */
const ZONES = new Map(
  (
    'AT Vienna|BE Brussels|BG Sofia|CH Zurich|CY Asia/Nicosia|CZ Prague|DE Berlin|DK Copenhagen|EE Tallinn|FI Helsinki|FR Paris|GB London|GR Athens|HR Zagreb|' +
    'HU Budapest|IE Dublin|IS Atlantic/Reykjavik|IT Rome|LI Vaduz|LT Vilnius|LU Luxembourg|LV Riga|MT Malta|NL Amsterdam|NO Oslo|PL Warsaw|RO Bucharest|' +
    'SE Stockholm|SI Ljubljana|SK Bratislava|AL Tirane|BA Sarajevo|ME Podgorica|MK Skopje|RS Belgrade|XK Belgrade|MD Chisinau|UA Kyiv|TR Istanbul|GE Asia/Tbilisi'
  )
    .split('|')
    .map((entry): [string, string] => {
      const [country = '', zone = ''] = entry.split(' ');
      return [country, zone.includes('/') ? zone : `Europe/${zone}`];
    }),
);

/** The time zone in which a source's instants are days: its own, else that of its country. */
export const zoneOf = ({ defaults }: SourceDefinition): string | undefined =>
  defaults.timeZone ?? (defaults.country ? ZONES.get(defaults.country) : undefined);

const formatters = new Map<string, Intl.DateTimeFormat>();

/** The calendar date of an instant in a time zone, `YYYY-MM-DD`. */
export function dayIn(zone: string, instant: Date): string {
  let format = formatters.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formatters.set(zone, format);
  }
  return format.format(instant);
}
