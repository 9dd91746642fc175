import type { DoctorTexts } from '../texts/doctor-texts.ts';
import type { Check, CheckState } from './check.ts';

/** Signs beside the words; whoever has a code page without them reads the words. */
const SIGNS: Readonly<Record<CheckState, string>> = { good: '✓', bad: '✗', note: '?', skipped: '-' };

/** One check as one line: sign, word, what was looked at, what was found, and what to do. */
export function printCheck({ id, state, found, remedy }: Check, texts: DoctorTexts): string {
  const width = Math.max(...Object.values(texts.states).map((word) => word.length));
  const start = `${SIGNS[state]} ${texts.states[state].padEnd(width)}  ${texts.titles[id]}: ${oneLine(found)}`;
  return remedy === undefined ? start : `${start}. ${texts.remedyWord}: ${oneLine(remedy)}`;
}

/** Texts of the world may hold line breaks. */
function oneLine(text: string): string {
  return text.replaceAll(/\s*[\r\n]+\s*/g, ' ');
}
