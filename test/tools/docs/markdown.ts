/** First line of every printed document, so that nobody edits it by hand. */
const NOTICE = '<!-- Printed by `npm run docs`; change the source it is printed from. -->';

/** A whole document: title, what it is printed from, and its blocks with an empty line between them. */
export function markdownDocument(title: string, introduction: string, blocks: readonly string[]): string {
  return `${[`# ${title}`, NOTICE, introduction, ...blocks].join('\n\n')}\n`;
}

/** A table; bars and line ends in cells are made harmless. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cellText).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A duration in the largest unit that divides it. */
export function durationText(durationMs: number): string {
  const units = [
    { name: 'h', lengthMs: 3_600_000 },
    { name: 'min', lengthMs: 60_000 },
    { name: 's', lengthMs: 1_000 },
  ];
  const unit = units.find(({ lengthMs }) => durationMs >= lengthMs && durationMs % lengthMs === 0);
  return unit === undefined ? `${durationMs} ms` : `${durationMs / unit.lengthMs} ${unit.name}`;
}

function cellText(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');
}
