/** A trouble that came again, and how often since it was last spoken of. */
export interface Again {
  /** How often since the last word. */
  times: number;
  /** How long that was. */
  ms: number;
  /** When it was last seen. */
  lastAt: Date;
  /** Ids that readers were given for it, the first ones. */
  ids: readonly unknown[];
  /** It has not come for a while, or the process ends. */
  over: boolean;
  /** All of it, the first time included, and how long it lasted. */
  total: { times: number; ms: number };
}

export interface OnceSettings {
  /** When a repeated trouble is spoken of again after it was told; the last interval repeats. */
  intervalsMs: readonly number[];
  /** Not seen for so long: over. When it comes back it is told anew. */
  quietMs: number;
  /** Different troubles kept in mind; the one not seen for longest makes room. */
  most: number;
  /** Ids kept of each. */
  ids: number;
}

export const ONCE: OnceSettings = {
  intervalsMs: [10_000, 60_000, 300_000, 1_800_000, 3_600_000],
  quietMs: 300_000,
  most: 500,
  ids: 50,
};

interface Trouble {
  since: number;
  last: number;
  /** When the count below began. */
  counting: number;
  times: number;
  total: number;
  round: number;
  ids: unknown[];
  timer: NodeJS.Timeout;
  again(again: Again): void;
}

/** Told once, then counted: a word on how often at growing intervals, and one when it is over. Memory is bounded. */
export function createOnce(settings: OnceSettings = ONCE) {
  // In order of when they were last seen.
  const troubles = new Map<string, Trouble>();

  const speak = (trouble: Trouble, over: boolean): void => {
    const now = Date.now();
    const { times, ids, last, since, total, counting, again } = trouble;
    Object.assign(trouble, { times: 0, ids: [], counting: now });
    again({
      times,
      ids,
      over,
      ms: now - counting,
      lastAt: new Date(last),
      total: { times: total, ms: last - since },
    });
  };

  const end = (key: string, trouble: Trouble): void => {
    clearTimeout(trouble.timer);
    troubles.delete(key);
    if (trouble.total > 1) speak(trouble, true);
  };

  const wait = (key: string, trouble: Trouble): NodeJS.Timeout => {
    const interval = settings.intervalsMs[Math.min(trouble.round, settings.intervalsMs.length - 1)] ?? settings.quietMs;
    const next = trouble.counting + interval;
    const quiet = trouble.last + settings.quietMs;
    const look = () => {
      if (Date.now() >= trouble.last + settings.quietMs) return end(key, trouble);
      if (Date.now() >= next && trouble.times > 0) {
        trouble.round++;
        speak(trouble, false);
      }
      trouble.timer = wait(key, trouble);
    };
    const at = trouble.times > 0 || next > Date.now() ? Math.min(next, quiet) : quiet;
    return setTimeout(look, Math.max(1, at - Date.now())).unref();
  };

  return {
    /** True when it is to be told now; otherwise it is counted, and `again` of the first time is called later. */
    first(key: string, again: (again: Again) => void, id?: unknown): boolean {
      const known = troubles.get(key);
      if (!known) {
        const now = Date.now();
        const trouble = { since: now, last: now, counting: now, times: 0, total: 1, round: 0, ids: [], again } as never;
        (trouble as Trouble).timer = wait(key, trouble);
        troubles.set(key, trouble);
        const [oldest] = troubles;
        if (troubles.size > settings.most && oldest) end(...oldest);
        return true;
      }
      known.last = Date.now();
      known.times++;
      known.total++;
      if (id !== undefined && known.ids.length < settings.ids) known.ids.push(id);
      troubles.delete(key);
      troubles.set(key, known);
      return false;
    },
    /** Speaks of everything that was counted, and forgets it: the process ends. */
    flush(): void {
      for (const [key, trouble] of [...troubles]) {
        if (trouble.times > 0) end(key, trouble);
        else clearTimeout(trouble.timer);
      }
      troubles.clear();
    },
  };
}

/** What makes two lines the same trouble: numbers, times and ids do not count. */
export const folded = (line: string): string =>
  line
    .slice(0, 400)
    .replace(/\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b|\b(?=[0-9a-f]*\d)[0-9a-f]{16,}\b/gi, '#')
    .replace(/\d+(?:[.,:T-]\d+)*/g, '#');
