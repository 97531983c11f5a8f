/** The rules of one robots.txt for one crawler. */
export interface RobotsRules {
  rules: { allow: boolean; pattern: string }[];
  /** Seconds between requests, if it asks for a gap (not in RFC 9309, but widely used). */
  crawlDelay?: number;
}

/** The rules that hold for a product token: its own groups put together, else those of `*` (RFC 9309 §2.2.1). */
export function parseRobots(text: string, token: string): RobotsRules {
  const own: RobotsRules = { rules: [] };
  const any: RobotsRules = { rules: [] };
  let ownSeen = false;
  let targets = new Set<RobotsRules>();
  let inRules = true;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|[\r\n]/)) {
    const statement = (line.split('#', 1)[0] ?? '').slice(0, 4096);
    const colon = statement.indexOf(':');
    const key = statement.slice(0, Math.max(0, colon)).trim();
    const value = statement.slice(colon + 1).trim();
    switch (key.toLowerCase()) {
      case 'user-agent': {
        if (inRules) targets = new Set();
        inRules = false;
        // Only the token counts: "Credatlas/1.0" names us, "Cred" does not.
        const name = /^[A-Za-z_-]+/.exec(value)?.[0].toLowerCase();
        if (name === token.toLowerCase()) {
          targets.add(own);
          ownSeen = true;
        } else if (value === '*') targets.add(any);
        break;
      }
      case 'allow':
      case 'disallow': {
        inRules = true;
        if (!/^[/*]/.test(value)) break;
        const rule = { allow: key.toLowerCase() === 'allow', pattern: normalisePath(value).replace(/\$(?!$)/g, '%24') };
        for (const group of targets) group.rules.push(rule);
        break;
      }
      // Other records do not end a list of user agents (RFC 9309 §2.2.4).
      case 'crawl-delay':
        if (/^\d{1,6}(?:\.\d+)?$/.test(value)) for (const group of targets) group.crawlDelay = Number(value);
        break;
    }
  }
  return ownSeen ? own : any;
}

/** The rule that decides on a path with query: the longest that matches, `Allow` on a tie. None: allowed. */
export function decidingRule(
  { rules }: RobotsRules,
  pathAndQuery: string,
): { allow: boolean; pattern: string } | undefined {
  const path = plainPath(pathAndQuery);
  let best: { allow: boolean; pattern: string } | undefined;
  for (const rule of rules) {
    const better =
      !best || rule.pattern.length > best.pattern.length || (rule.pattern.length === best.pattern.length && rule.allow);
    if (better && matches(rule.pattern, path)) best = rule;
  }
  return best;
}

/** One spelling for comparing (RFC 9309 §2.2.2): other than ASCII is encoded, unreserved characters are decoded, hex is upper case. */
function normalisePath(path: string): string {
  return path
    .replace(/[^\x21-\x7e]+/g, (text) => encodeURIComponent(text.toWellFormed()))
    .replace(/%[0-9a-f]{2}/gi, (code) => {
      const character = String.fromCharCode(Number.parseInt(code.slice(1), 16));
      return /[\w.~-]/.test(character) ? character : code.toUpperCase();
    });
}

/** `*` and `$` in a path are plain characters; in a pattern they are written %2A and %24 when they are meant so. */
const plainPath = (path: string): string => normalisePath(path).replaceAll('*', '%2A').replaceAll('$', '%24');

/** Prefix match with `*` and a final `$`, in time proportional to pattern × path whatever the pattern. */
function matches(pattern: string, path: string): boolean {
  const anchored = pattern.endsWith('$');
  const wanted = anchored ? pattern.slice(0, -1) : `${pattern}*`;
  let p = 0;
  let s = 0;
  let star = -1;
  let mark = 0;
  while (s < path.length) {
    if (wanted[p] === '*') {
      star = p++;
      mark = s;
      if (p === wanted.length) return true;
    } else if (p < wanted.length && wanted[p] === path[s]) {
      p += 1;
      s += 1;
    } else if (star >= 0) {
      p = star + 1;
      s = ++mark;
    } else return false;
  }
  while (wanted[p] === '*') p += 1;
  return p === wanted.length;
}
