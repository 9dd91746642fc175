/** What the agent needs of clamd.conf(5). */
export interface ClamdConfiguration {
  /** Path of the socket clamd listens on; absent when it has none. */
  readonly localSocket?: string;
  /** It listens on TCP, which the agent does not ask. */
  readonly hasTcpSocket: boolean;
  /** Folder of the signatures; absent when the built-in one is meant. */
  readonly databaseDirectory?: string;
}

/**
 * Reads clamd.conf(5): one option and its value a line, blanks between, comments with `#`, the first value of an
 * option that may stand once wins, an optional pair of double quotes around it.
 *
 * A line `Example` makes clamd refuse its configuration: nothing in it is in force then.
 */
export function parseClamdConf(text: string): ClamdConfiguration {
  const values = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const [, option, value] = /^\s*([A-Za-z]+)(?:\s+(.*?))?\s*$/.exec(line) ?? [];
    if (option === 'Example') return { hasTcpSocket: false };
    if (option !== undefined && !values.has(option)) values.set(option, unquote(value ?? ''));
  }
  const localSocket = values.get('LocalSocket');
  const databaseDirectory = values.get('DatabaseDirectory');
  return {
    ...(localSocket === undefined || localSocket === '' ? {} : { localSocket }),
    hasTcpSocket: values.has('TCPSocket'),
    ...(databaseDirectory === undefined || databaseDirectory === '' ? {} : { databaseDirectory }),
  };
}

function unquote(value: string): string {
  return /^"([^"]*)"/.exec(value)?.[1] ?? value;
}
