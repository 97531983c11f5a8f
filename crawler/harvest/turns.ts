/**
 * Who works in this process: many beside one another, or one alone. In order of arrival, so that nobody waits for ever.
 * Each answer ends the turn; calling it again does nothing.
 */
export function createTurns() {
  const waiting: { alone: boolean; begin(): void }[] = [];
  let beside = 0;
  let alone = false;

  const admit = () => {
    for (let [first] = waiting; first; [first] = waiting) {
      if (alone || (first.alone && beside > 0)) return;
      waiting.shift();
      first.begin();
    }
  };
  const enter = (wantsAlone: boolean) =>
    new Promise<() => void>((granted) => {
      const begin = () => {
        if (wantsAlone) alone = true;
        else beside++;
        let over = false;
        granted(() => {
          if (over) return;
          over = true;
          if (wantsAlone) alone = false;
          else beside--;
          admit();
        });
      };
      waiting.push({ alone: wantsAlone, begin });
      admit();
    });
  return { beside: () => enter(false), alone: () => enter(true) };
}

export type Turns = ReturnType<typeof createTurns>;
