import { unpackList } from './concept-file.ts';

/** Texts that stand one after another as UTF-8; each is decoded when it is asked for. */
export interface PackedTexts {
  readonly length: number;
  at(number: number): string;
  /** The number of a text, from an index that is made when it is first asked for. */
  find(text: string): number | undefined;
}

export function packedTexts(bytes: Uint8Array, packedStarts: Uint8Array): PackedTexts {
  const text = Buffer.from(bytes);
  const start = unpackList(packedStarts);
  const length = start.length - 1;
  let slots: Uint32Array | undefined;

  /** Open addressing, one step on. Over the bytes: no text need be decoded. */
  function index(): Uint32Array {
    let size = 2;
    while (size < length * 1.5) size *= 2;
    const made = new Uint32Array(size);
    for (let number = 0; number < length; number++) {
      let at = hashOf(text, start[number] as number, start[number + 1] as number) & (size - 1);
      while (made[at]) at = (at + 1) & (size - 1);
      made[at] = number + 1;
    }
    return made;
  }

  return {
    length,
    at: (number) => text.toString('utf8', start[number], start[number + 1]),
    find(wanted) {
      slots ??= index();
      const own = Buffer.from(wanted);
      const last = slots.length - 1;
      for (let at = hashOf(own, 0, own.length) & last; slots[at]; at = (at + 1) & last) {
        const number = (slots[at] as number) - 1;
        if (own.compare(text, start[number], start[number + 1]) === 0) return number;
      }
      return undefined;
    },
  };
}

/** FNV-1a. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
  return hash ^ (hash >>> 15);
}
