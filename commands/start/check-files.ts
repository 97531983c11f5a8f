import { stat } from 'node:fs/promises';
import type { Config } from '../../config.ts';
import { ConfigError } from '../../crawler/errors.ts';
import { readKeyRing } from '../../crawler/fetch/authorisation/key-ring.ts';
import { type Check, unusable } from './check.ts';

/** Keys and credentials are small; a device that never ends is none. */
const LARGEST = 1024 * 1024;

/** Each of the key files: there, a file, readable, and of the kind that is wanted. */
export function checkKeyFiles({ keyFiles }: Pick<Config, 'keyFiles'>): Check[] {
  const { keyFile, signingKeyFile, credentialsFile } = keyFiles;
  return [
    ...fileCheck('QUALITYLINK_KEY_FILE', keyFile, (file) => readKeyRing({ keyFile: file })),
    ...fileCheck('QUALITYLINK_SIGNING_KEY_FILE', signingKeyFile, (file) => readKeyRing({ signingKeyFile: file })),
    ...fileCheck('QUALITYLINK_CREDENTIALS_FILE', credentialsFile, (file) => readKeyRing({ credentialsFile: file })),
  ];
}

/** The clients' keys: a file that is there; what stands in it is judged by who reads it. */
export const checkClientKeys = ({ clientKeysFile }: Pick<Config, 'clientKeysFile'>): Check[] =>
  fileCheck('CLIENT_KEYS_FILE', clientKeysFile, async () => {});

const fileCheck = (variable: string, file: string | undefined, read: (file: string) => Promise<unknown>): Check[] =>
  file === undefined
    ? []
    : [
        {
          variable,
          async look() {
            const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
              throw unusable(variable, `${file} cannot be read (${error.code})`, 'Check the path and its permissions.');
            });
            if (!found.isFile()) {
              throw unusable(
                variable,
                `${file} is ${found.isDirectory() ? 'a folder' : 'no plain file'}`,
                'Name a file.',
              );
            }
            if (found.size > LARGEST) {
              throw unusable(
                variable,
                `${file} has ${found.size} bytes, more than keys ever have`,
                'Name the right file.',
              );
            }
            await read(file).catch((error: unknown) => {
              if (!(error instanceof ConfigError) || error.message.startsWith(variable)) throw error;
              throw unusable(variable, error.message, error.remedy);
            });
          },
        },
      ];
