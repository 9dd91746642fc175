/**
 * A text for a terminal: control characters but line breaks and tabs become spaces, since what a collector or a
 * certificate said may hold sequences that a terminal obeys.
 */
export function printable(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n\t]/gu, ' ');
}
