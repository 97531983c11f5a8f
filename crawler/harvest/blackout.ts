const MINUTES = 24 * 60;

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/**
 * When the provider's blackout ends that holds at `now`; undefined outside of all windows. Windows are UTC,
 * `HH:MM-HH:MM`, the end excluded; one whose end lies before its start goes over midnight, one whose end is its start
 * lasts the day round. Windows that meet or overlap are one. When they leave no minute of the day, the answer is a day ahead.
 */
export function blackoutEnd(windows: readonly string[], now: Date): Date | undefined {
  const closed = new Set<number>();
  for (const window of windows) {
    const [start, end] = [minutes(window.slice(0, 5)), minutes(window.slice(6))];
    const length = (end - start + MINUTES) % MINUTES || MINUTES;
    for (let i = 0; i < length; i++) closed.add((start + i) % MINUTES);
  }
  const minute = now.getUTCHours() * 60 + now.getUTCMinutes();
  let wait = 0;
  while (wait < MINUTES && closed.has((minute + wait) % MINUTES)) wait++;
  if (wait === 0) return undefined;
  const end = new Date(now);
  end.setUTCSeconds(0, 0);
  end.setUTCMinutes(end.getUTCMinutes() + wait);
  return end;
}
