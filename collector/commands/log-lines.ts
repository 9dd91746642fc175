/** Writes one event: what happened, and its fields. */
export type LogLine = (message: string, fields: Readonly<Record<string, unknown>>) => void;

/** A log in the form of pino (level 30, one JSON object a line) without its memory. */
export function createLogLines(say: (line: string) => void, nowMs: () => number): LogLine {
  return (msg, fields) => say(JSON.stringify({ level: 30, time: new Date(nowMs()).toISOString(), ...fields, msg }));
}
