/** Name of the environment variable that overrides a key: `logLevel` is `TRAMDO_LOG_LEVEL`. */
export function variableOf(key: string): string {
  return `TRAMDO_${key.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}
