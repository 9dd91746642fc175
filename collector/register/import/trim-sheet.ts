const DATA_END = '</sheetData>';
const ROW_END = '</row>';

/** Ends of what gives a cell a value (ECMA-376, 18.3.1.96 and 18.3.1.53). */
const VALUE_ENDS = ['</v>', '</is>'];

/** In these, what looks like an element need not be one. */
const QUOTING = ['<![CDATA[', '<!--'];

/**
 * Cuts off the rows of a sheet below its last value. Whoever colours a whole column leaves a million rows that hold a
 * style and nothing else; the reader would make every one of them.
 *
 * @param bytes XML of a sheet; what is written in another way than spreadsheets do is given back as it is
 */
export function trimSheet(bytes: Buffer): Buffer {
  if (QUOTING.some((mark) => bytes.includes(mark))) return bytes;
  const lastValue = Math.max(...VALUE_ENDS.map((end) => bytes.lastIndexOf(end)));
  const rowEnd = lastValue < 0 ? -1 : bytes.indexOf(ROW_END, lastValue);
  const dataEnd = rowEnd < 0 ? -1 : bytes.indexOf(DATA_END, rowEnd);
  if (dataEnd < 0) return bytes;
  return Buffer.concat([bytes.subarray(0, rowEnd + ROW_END.length), bytes.subarray(dataEnd)]);
}
