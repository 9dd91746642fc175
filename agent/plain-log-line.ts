/** Most characters of one value; a message that is longer is cut. */
const MAX_VALUE_LENGTH = 500;

/**
 * A line of the log in plain words, for people who read it in the journal or the event log: the sentence, then its
 * values as `key=value`, quoted where they hold blanks; always one line.
 */
export function plainLogLine(msg: string, values: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${word(value)}`],
  );
  return [`${msg}.`, ...parts].join(' ');
}

function word(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').slice(0, MAX_VALUE_LENGTH);
  return /^[^\s"=]+$/.test(line) ? line : JSON.stringify(line);
}
