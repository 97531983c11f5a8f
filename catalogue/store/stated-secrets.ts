import { createHash } from 'node:crypto';
import type { Database, Sql } from './sql.ts';

/** An encrypted value of a source, and for whom it would be decrypted. */
export interface SecretClaim {
  /** Base64, as it is written. */
  value: string;
  /** Whose manifest states it; '' for a source given by hand. */
  domain: string;
  /** Where the clear value, and what it buys (a token), would be sent: origins, separated by a blank. */
  origins: string;
}

export interface SecretHolder {
  domain: string;
  /** Null: its domain has not said since it was taken over from an older store. */
  origins: string | null;
  /** Whose manifest states a copy of it. */
  copiedBy: string | null;
}

/** Whether a claim is that of whoever stated the value first, or nobody has. */
export const isHeldBy = (holder: SecretHolder | undefined, { domain, origins }: SecretClaim): boolean =>
  !holder || (holder.domain === domain && (holder.origins ?? origins) === origins);

/**
 * Who stated an encrypted value first. Manifests are public, so anybody can copy the ciphertext of another; it is only ever decrypted
 * for the domain and origins that stated it first, also after that source has gone.
 */
export function createStatedSecrets(db: Database) {
  return {
    /** Who holds these values now; nothing is noted. In the order of the claims. */
    holders: (claims: readonly SecretClaim[]) => holdersOf(db, claims),

    /** The same, and values that nobody holds are their claimants' from here on. Of several at once one is first. */
    async bind(claims: readonly SecretClaim[]): Promise<(SecretHolder | undefined)[]> {
      // In one order everywhere: two that bind the same values at once would else wait for each other.
      const fresh = claims
        .map((claim) => ({ ...claim, hash: hashOf(claim.value) }))
        .sort((a, b) => (a.hash < b.hash ? -1 : 1));
      const first = [...Map.groupBy(fresh, ({ hash }) => hash).values()].map(
        (same) => same[0] as (typeof fresh)[number],
      );
      if (!first.length) return [];
      await db.query(
        `insert into stated_secrets as s (hash, domain, origins)
         select decode(hash, 'hex'), domain, origins from unnest($1::text[], $2::text[], $3::text[]) as c (hash, domain, origins)
         on conflict (hash) do update set origins = excluded.origins where s.origins is null and s.domain = excluded.domain`,
        [first.map((c) => c.hash), first.map((c) => c.domain), first.map((c) => c.origins)],
      );
      return holdersOf(db, claims);
    },

    /** Notes that a domain states values that others hold (they are told when their manifest is next read), or that they were told. */
    async copied(claims: readonly SecretClaim[], by: string | null): Promise<void> {
      if (!claims.length) return;
      await db.query(
        `update stated_secrets s set copied_by = $2, copied_at = case when $2::text is null then copied_at else now() end
           from unnest($1::text[]) as u (hash) where s.hash = decode(u.hash, 'hex')`,
        [claims.map(({ value }) => hashOf(value)), by],
      );
    },
  };
}

export type StatedSecrets = ReturnType<typeof createStatedSecrets>;

async function holdersOf(sql: Sql, claims: readonly SecretClaim[]): Promise<(SecretHolder | undefined)[]> {
  if (!claims.length) return [];
  const hashes = claims.map(({ value }) => hashOf(value));
  const rows = await sql.query<SecretHolder & { hash: string }>(
    `select u.hash, s.domain, s.origins, s.copied_by as "copiedBy"
       from unnest($1::text[]) as u (hash) join stated_secrets s on s.hash = decode(u.hash, 'hex')`,
    [hashes],
  );
  const byHash = new Map(rows.map(({ hash, ...holder }) => [hash, holder]));
  return hashes.map((hash) => byHash.get(hash));
}

/** Of the bytes, not of how they are written: line breaks, padding and leading zeros do not make another number. */
function hashOf(value: string): string {
  const bytes = Buffer.from(value.replace(/\s+/g, ''), 'base64');
  const from = bytes.findIndex((byte) => byte !== 0);
  return createHash('sha256')
    .update(bytes.subarray(from < 0 ? bytes.length : from))
    .digest('hex');
}
