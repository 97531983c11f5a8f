import { randomUUID } from 'node:crypto';

/** Ids of runs sort by time, roughly, and never meet. */
export const newRunId = (): string => `run_${Date.now().toString(36)}${randomUUID().replaceAll('-', '').slice(0, 12)}`;
