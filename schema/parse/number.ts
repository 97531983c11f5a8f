const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i;
const GROUPED_BY_COMMA = /^[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/;
const GROUPED_BY_DOT = /^[+-]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?$/;
const DECIMAL_COMMA = /^[+-]?\d*,\d+$/;

/**
 * A finite number from a number or from a text that is nothing but a number, with decimal point or comma and
 * grouped digits (`1.250,00`, `1,250.00`, `1 250,5`, `1'250`). `1.250` alone is JSON's 1.25; `1,250` alone is 1250
 * because no feed gives three decimals with a comma. The sign is kept: judging it is the caller's.
 */
export function decimal(input: unknown): number | undefined {
  if (typeof input === 'number') return Number.isFinite(input) ? input : undefined;
  if (typeof input !== 'string' || input.length > 60) return undefined;
  const text = input
    .trim()
    .replace(/^−/, '-')
    .replace(/(?<=\d)[\s'’](?=\d{3}(?!\d))/g, '');
  if (PLAIN.test(text)) return finite(text);
  if (GROUPED_BY_COMMA.test(text)) return finite(text.replaceAll(',', ''));
  if (GROUPED_BY_DOT.test(text)) return finite(text.replaceAll('.', '').replace(',', '.'));
  if (DECIMAL_COMMA.test(text)) return finite(text.replace(',', '.'));
  return undefined;
}

function finite(text: string): number | undefined {
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}
