import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { type Database, PLANS, type Sql } from '../../catalogue/store/sql.ts';

/** What all executions of one statement cost: blocks touched, and rows that any node of its plans handed on or threw away. */
export interface Work {
  times: number;
  blocks: number;
  rows: number;
  /** Of the dearest execution. */
  most: number;
  /** Its plan, as text. */
  plan: string;
}

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Join Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  'Shared Hit Blocks'?: number;
  'Shared Read Blocks'?: number;
  Plans?: PlanNode[];
}

/**
 * A fresh database on a PostgreSQL server whose tables never get statistics, and which tells what each statement really did
 * (the server's own `auto_explain`; needs a superuser). `taken()` answers what was done since it was last asked, by statement.
 */
export async function explainedPostgres(server: string) {
  const name = `credatlas_plans_${randomUUID().slice(0, 8)}`;
  const admin = new pg.Client(server);
  await admin.connect();
  await admin.query(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const pool = new pg.Pool({ connectionString: url.href, max: 6, types: { getTypeParser } });
  const works = new Map<string, Work>();
  pool.on('error', () => {});
  pool.on('connect', (client) => {
    client.on('error', () => {});
    client.on('notice', ({ message }) => note(works, message ?? ''));
    void client.query(
      `load 'auto_explain'; set auto_explain.log_min_duration = 0; set auto_explain.log_analyze = on;
       set auto_explain.log_timing = off; set auto_explain.log_buffers = on; set auto_explain.log_format = json;
       set auto_explain.log_level = notice; set auto_explain.log_nested_statements = on; set jit = off`,
    );
  });
  const sqlOf = (client: pg.PoolClient): Sql => {
    const sql: Sql = {
      query: async <T>(text: string, params: readonly unknown[] = []) =>
        (await client.query(text, params as unknown[])).rows as T[],
      transaction: (work) => work(sql),
    };
    return sql;
  };
  const db: Database = {
    kind: 'postgres',
    queueConnection: undefined,
    query: async <T>(text: string, params: readonly unknown[] = []) =>
      (await pool.query(text, params as unknown[])).rows as T[],
    async transaction(work) {
      const client = await pool.connect();
      try {
        await client.query(`begin; ${PLANS}`);
        const result = await work(sqlOf(client));
        await client.query('commit');
        return result;
      } catch (error) {
        await client.query('rollback');
        throw error;
      } finally {
        client.release();
      }
    },
    script: async (text) => void (await pool.query(text)),
    async close() {
      await pool.end();
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
  return {
    db,
    /** No statistics: neither now nor later. To be called when the tables are there. */
    async withoutStatistics() {
      const tables = await pool.query<{ name: string }>(
        `select relname as name from pg_stat_user_tables where schemaname = 'public'`,
      );
      for (const table of tables.rows) await pool.query(`alter table ${table.name} set (autovacuum_enabled = off)`);
    },
    async hasStatistics(): Promise<boolean> {
      const { rows } = await pool.query(`select 1 from pg_stats where schemaname = 'public' limit 1`);
      return rows.length > 0;
    },
    taken(): Map<string, Work> {
      const copy = new Map(works);
      works.clear();
      return copy;
    },
  };
}

const INT8 = 20;
const getTypeParser = ((oid: number, format?: 'text' | 'binary') =>
  oid === INT8
    ? (text: string) => Number(text)
    : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser;

function note(works: Map<string, Work>, message: string): void {
  const json = message.slice(message.indexOf('plan:') + 5);
  if (!message.startsWith('duration:') || !json.trim().startsWith('{')) return;
  const { 'Query Text': text, Plan: plan } = JSON.parse(json) as { 'Query Text': string; Plan: PlanNode };
  const statement = text.replace(/\s+/g, ' ').trim();
  const blocks = (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0);
  const work = works.get(statement) ?? { times: 0, blocks: 0, rows: 0, most: -1, plan: '' };
  work.times++;
  work.blocks += blocks;
  work.rows += rowsOf(plan);
  if (blocks > work.most) Object.assign(work, { most: blocks, plan: shown(plan) });
  works.set(statement, work);
}

const rowsOf = (node: PlanNode): number =>
  node['Actual Loops'] *
    (node['Actual Rows'] +
      (node['Rows Removed by Filter'] ?? 0) +
      (node['Rows Removed by Join Filter'] ?? 0) +
      (node['Rows Removed by Index Recheck'] ?? 0)) +
  (node.Plans ?? []).reduce((sum, child) => sum + rowsOf(child), 0);

const shown = (node: PlanNode): string =>
  `${node['Node Type']} ${node['Index Name'] ?? node['Relation Name'] ?? ''} ×${node['Actual Loops']}` +
  ((node.Plans ?? []).length ? ` (${(node.Plans ?? []).map(shown).join(', ')})` : '');
