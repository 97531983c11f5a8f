import iconv from 'iconv-lite';

/** Text as an old spreadsheet saves it. */
export const windows1252 = (text: string): Uint8Array => iconv.encode(text, 'windows-1252');
