/** An encoding of Vietnamese from before Unicode. */
export interface LegacyEncoding {
  /** Name for people. */
  readonly name: string;
  /** Reads a text whose every character is one byte of the file (Latin 1). */
  decode(bytesAsText: string): string;
}

/** TCVN 5712:1993 VN3, the encoding of the ABC fonts (`.VnTime`). */
const TCVN3_LETTERS: ReadonlyMap<string, string> = new Map(
  [
    [0xa1, 'ĂÂÊÔƠƯĐăâêôơưđ'],
    [0xb5, 'àảãáạ'],
    [0xbb, 'ằẳẵắ'],
    [0xc6, 'ặầẩẫấậè'],
    [0xce, 'ẻẽéẹềểễếệìỉ'],
    [0xdc, 'ĩíịò'],
    [0xe1, 'ỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ'],
  ].flatMap(([first, letters]) => lettersFrom(Number(first), String(letters))),
);

/** VNI for Windows: a base letter, then a character that is its mark. */
const VNI_MARKS: Readonly<Record<string, string>> = {
  ù: '\u0301',
  ø: '\u0300',
  û: '\u0309',
  õ: '\u0303',
  ï: '\u0323',
  â: '\u0302',
  á: '\u0302\u0301',
  à: '\u0302\u0300',
  å: '\u0302\u0309',
  ã: '\u0302\u0303',
  ä: '\u0302\u0323',
  ê: '\u0306',
  é: '\u0306\u0301',
  è: '\u0306\u0300',
  ú: '\u0306\u0309',
  ü: '\u0306\u0303',
  ë: '\u0306\u0323',
};

/** VNI letters that stand by themselves. */
const VNI_LETTERS: Readonly<Record<string, string>> = { ñ: 'đ', ô: 'ơ', ö: 'ư', æ: 'ỉ', ó: 'ĩ', ò: 'ị', î: 'ỵ' };

/** The encodings that old Vietnamese files have, the commonest first. */
export const LEGACY_ENCODINGS: readonly LegacyEncoding[] = [
  {
    name: 'TCVN3 (ABC)',
    decode: (text) => text.replace(/[\u0080-\u00ff]/g, (byte) => TCVN3_LETTERS.get(byte) ?? byte),
  },
  { name: 'VNI', decode: decodeVni },
  {
    name: 'Windows-1258',
    decode: (text) => new TextDecoder('windows-1258').decode(Buffer.from(text, 'latin1')).normalize('NFC'),
  },
];

function lettersFrom(first: number, letters: string): readonly (readonly [string, string])[] {
  return [...letters].map((letter, index) => [String.fromCharCode(first + index), letter] as const);
}

function decodeVni(text: string): string {
  const decoded = text.replace(/[\u00c0-\u00ff]/g, (byte) => {
    const small = byte.toLowerCase();
    const mark = VNI_MARKS[small];
    if (mark !== undefined) return mark;
    const letter = VNI_LETTERS[small] ?? small;
    return small === byte ? letter : letter.toUpperCase();
  });
  return decoded.normalize('NFC');
}
