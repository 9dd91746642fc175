/** The environment variables of this process, for what is chosen long after the start: language and proxy. */
export function environment(): Readonly<Record<string, string | undefined>> {
  return process.env;
}
