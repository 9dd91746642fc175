/** Letter of a column as Excel shows it, from its place counted from 0: 0 is `A`, 26 is `AA`. */
export function columnLetter(index: number): string {
  const first = Math.floor(index / 26) - 1;
  return (first < 0 ? '' : columnLetter(first)) + String.fromCharCode(65 + (index % 26));
}
