import { table } from '../../schema/index.ts';

/** The longest name of an entity that is waited for. */
const LONGEST = 60;

const ENTITY = new RegExp(`&(?:#[^;\\s<&]{1,${LONGEST}}|[A-Za-z_:][\\w:.-]{0,${LONGEST}});`, 'y');
const OPEN_END = new RegExp(`&[#\\w:.-]{0,${LONGEST}}$`, 'y');
const MARK = /&|<!\[CDATA\[|<!--|<\?/g;
const HALF_MARK = /<(?:!(?:-|\[(?:C(?:D(?:A(?:T(?:A)?)?)?)?)?)?)?$/;
const ENDS = table({ '<![CDATA[': ']]>', '<!--': '-->', '<?': '?>' });

/**
 * Finds the ampersands that belong to no entity (`R & D`, `?a=1&b=2`), wherever the text is cut into pieces: a parser
 * would take everything up to the next semicolon for the name of one. CDATA, comments and instructions stay untouched.
 *
 * `take` gives the text that can be parsed now, divided where a bare ampersand stood: join the pieces by `&amp;`.
 */
export function createAmpersands() {
  let held = '';
  let until: string | undefined;
  return {
    take(text: string, last = false): string[] {
      const all = held + text;
      held = '';
      const pieces: string[] = [];
      let from = 0; // where the present piece begins
      let at = 0;
      const hold = (start: number) => {
        held = all.slice(start);
        pieces.push(all.slice(from, start));
        return pieces;
      };
      for (;;) {
        if (until) {
          const end = all.indexOf(until, at);
          if (end < 0) return hold(last ? all.length : Math.max(at, all.length - until.length + 1));
          at = end + until.length;
          until = undefined;
        }
        MARK.lastIndex = at;
        const mark = MARK.exec(all);
        if (!mark) {
          const half = last ? undefined : HALF_MARK.exec(all.slice(Math.max(at, all.length - 8)));
          return hold(all.length - (half?.[0].length ?? 0));
        }
        at = mark.index + mark[0].length;
        if (mark[0] !== '&') {
          until = ENDS.get(mark[0]);
          continue;
        }
        ENTITY.lastIndex = mark.index;
        OPEN_END.lastIndex = mark.index;
        if (ENTITY.test(all)) continue;
        if (!last && OPEN_END.test(all)) return hold(mark.index);
        pieces.push(all.slice(from, mark.index));
        from = at;
      }
    },
  };
}
