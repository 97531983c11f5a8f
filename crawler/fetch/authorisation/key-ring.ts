import type { KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { ConfigError } from '../../errors.ts';
import { type AgreedCredentials, parseCredentials } from './credentials.ts';
import { decryptionKeys } from './private-keys.ts';
import { type SigningKey, signingKeys } from './signing-keys.ts';

/** All that this crawler has to prove who it is. Never logged, never stored, never in the graph. */
export interface KeyRing {
  decryption: readonly KeyObject[];
  signing: readonly SigningKey[];
  credentials: ReadonlyMap<string, AgreedCredentials>;
}

export const emptyKeyRing: KeyRing = { decryption: [], signing: [], credentials: new Map() };

/** Reads the files the operator named; each may be left out. */
export async function readKeyRing(files: {
  keyFile?: string;
  signingKeyFile?: string;
  credentialsFile?: string;
}): Promise<KeyRing> {
  const { keyFile, signingKeyFile, credentialsFile } = files;
  return {
    decryption: keyFile ? decryptionKeys(await text(keyFile, 'QUALITYLINK_KEY_FILE'), keyFile) : [],
    signing: signingKeyFile
      ? signingKeys(await text(signingKeyFile, 'QUALITYLINK_SIGNING_KEY_FILE'), signingKeyFile)
      : [],
    credentials: credentialsFile
      ? parseCredentials(await text(credentialsFile, 'QUALITYLINK_CREDENTIALS_FILE'), credentialsFile)
      : new Map(),
  };
}

const text = (file: string, setting: string): Promise<string> =>
  readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ConfigError(`${setting}: ${file} cannot be read (${error.code})`, 'Check the path and its permissions.');
  });
