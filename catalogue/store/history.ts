import type { RunSummary } from '../catalogue.ts';
import type { ChangeKind } from './changes.ts';
import type { Findings, RejectedRecord } from './run-findings.ts';
import { RUN_COLUMNS, type RunRow, toRunSummary } from './runs.ts';
import type { Database } from './sql.ts';

/** A record that a run changed. `reason` is that of its last change. */
export interface ChangedRecord {
  identifier: string;
  id: string;
  title?: string;
  kind: ChangeKind;
  reason?: string;
}

/** What one run changed, or what came of all runs after `from` up to and with `to`. */
export interface RunDiff {
  from?: RunSummary;
  to: RunSummary;
  records: ChangedRecord[];
  /** Rejected in `to`. With `from`: those that were not rejected there. */
  rejected: RejectedRecord[];
  /** With `from`: rejected there and not in `to` any more. */
  mended?: RejectedRecord[];
  /** How often each rule was reported (`severity rule`); with `from`, how much that changed. */
  rules: Record<string, number>;
}

interface ChangeRow {
  identifier: string;
  id: string;
  title: string | null;
  kinds: ChangeKind[];
  reason: string | null;
}

/** What runs did, from the change log and what they found. */
export function createHistory(db: Database) {
  const runs = async (ids: readonly string[]) => {
    const rows = await db.query<RunRow & { findings: Findings | null; order: string }>(
      `select ${RUN_COLUMNS}, findings, extract(epoch from started_at)::text as "order" from runs where id = any($1::text[])`,
      [ids],
    );
    return new Map(
      rows.map(({ findings, order, ...row }) => [
        row.id,
        { summary: toRunSummary(row), findings: findings ?? { rules: {}, rejected: [] }, order: Number(order) },
      ]),
    );
  };

  return {
    /** A run, whatever its source. */
    async run(id: string): Promise<RunSummary | undefined> {
      return (await runs([id])).get(id)?.summary;
    },

    /** What a run did; with two (in any order, of one source), what came of all from the older to the newer. */
    async diff(one: string, other?: string): Promise<RunDiff | undefined> {
      const found = await runs(other ? [one, other] : [one]);
      const given = [found.get(one), ...(other ? [found.get(other)] : [])];
      if (given.some((run) => !run)) return undefined;
      const [older, newer] = given.toSorted((a, b) => (a?.order ?? 0) - (b?.order ?? 0));
      const to = newer ?? older;
      const from = newer ? older : undefined;
      if (!to) return undefined;
      const rows = await db.query<ChangeRow>(
        `select coalesce(c.identifier, ch.id) as identifier, ch.id, min(c.document -> 'title' -> 'value' -> 0 ->> 'value') as title,
                array_agg(ch.kind order by ch.seq) as kinds, (array_agg(ch.reason order by ch.seq desc))[1] as reason
           from changes ch left join credentials c on c.id = ch.id
          where ch.entity = 'credential' and ch.run in (
            select id from runs where source = $1 and started_at <= (select started_at from runs where id = $2)
               and (id = $2 or $3::text is not null and started_at > (select started_at from runs where id = $3)))
          group by 1, 2 order by 1, 2`,
        [to.summary.source, to.summary.id, from?.summary.id ?? null],
      );
      const records = rows.flatMap(({ kinds, title, reason, ...row }) => {
        const kind = netKind(kinds);
        return kind ? [{ ...row, ...(title ? { title } : {}), kind, ...(reason ? { reason } : {}) }] : [];
      });
      const before = new Set(from?.findings.rejected.map(keyOf));
      const after = new Set(to.findings.rejected.map(keyOf));
      return {
        ...(from ? { from: from.summary } : {}),
        to: to.summary,
        records,
        rejected: to.findings.rejected.filter((r) => !before.has(keyOf(r))),
        ...(from ? { mended: from.findings.rejected.filter((r) => !after.has(keyOf(r))) } : {}),
        rules: difference(from?.findings.rules ?? {}, to.findings.rules),
      };
    },
  };
}

const keyOf = ({ identifier, rule }: RejectedRecord): string => `${identifier ?? ''}\0${rule}`;

/** What several changes of one record come to; nothing for one that came and went. */
function netKind(kinds: readonly ChangeKind[]): ChangeKind | undefined {
  const last = kinds.at(-1);
  const gone = last === 'withdrawn' || last === 'merged' || last === 'purged';
  if (kinds[0] === 'created') return gone ? undefined : last === 'missing' ? 'missing' : 'created';
  if (gone || last === 'missing') return last;
  return kinds.includes('restored') ? 'restored' : 'updated';
}

function difference(from: Record<string, number>, to: Record<string, number>): Record<string, number> {
  const rules = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
  return Object.fromEntries(
    rules.map((rule) => [rule, (to[rule] ?? 0) - (from[rule] ?? 0)] as const).filter(([, n]) => n !== 0),
  );
}
