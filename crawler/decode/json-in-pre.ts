/** The beginning of a page that shows JSON to people. */
export const PRE = /^\uFEFF?\s{0,100}<pre[^<>]{0,100}>/i;
const END = /<\/pre>\s{0,100}$/i;
const LONGEST = 300;

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
/** Every byte as the character of that number: what is not ASCII stays as it is. */
const lettersOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** A body of JSON without the `<pre>` around it; every other body as it is. Nothing but the first and last bytes is held back. */
export async function* withoutPre(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: string | undefined = '';
  let wrapped = false;
  let tail = '';
  for await (const chunk of body) {
    if (head !== undefined) {
      head += lettersOf(chunk);
      // The mark of UTF-8 is three bytes here.
      const start = head.replace(/^ï»¿/, '');
      if (/^(?:ï»?|\s*(?:<[^>]*)?)$/.test(start) && head.length < LONGEST) continue;
      wrapped = PRE.test(start);
      tail = wrapped ? start.replace(PRE, '') : head;
      head = undefined;
    } else tail += wrapped ? lettersOf(chunk) : '';
    if (!wrapped) {
      yield tail ? bytesOf(tail) : chunk;
      tail = '';
      continue;
    }
    if (tail.length > LONGEST) {
      yield bytesOf(tail.slice(0, -LONGEST));
      tail = tail.slice(-LONGEST);
    }
  }
  const rest = (head ?? '') + tail;
  if (rest) yield bytesOf(wrapped ? rest.replace(END, '') : rest);
}
