const FRAMES = 12;

/** What is told of an error: its own words and where it came from, not what else may hang on it. */
export function errorFacts(error: unknown): {
  type: string;
  message: string;
  code?: string;
  stack?: string;
  cause?: string;
} {
  if (!(error instanceof Error)) return { type: typeof error, message: textOf(error) };
  const { code } = error as { code?: unknown };
  const frames = error.stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, FRAMES)
    .map((line) => line.trim());
  const inner = error instanceof AggregateError ? error.errors : [];
  const cause = error.cause ?? inner[0];
  return {
    type: error.name,
    message: error.message || (inner.length ? inner.map(textOf).join('; ') : '(no message)'),
    ...(typeof code === 'string' && { code }),
    ...(frames?.length && { stack: frames.join(' | ') }),
    ...(cause !== undefined && { cause: textOf(cause) }),
  };
}

function textOf(value: unknown): string {
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}
