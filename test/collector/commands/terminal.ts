import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '#collector/commands/run-command.ts';
import { MONDAY_MS, temporaryFolder } from '../ingest/reporting-machine.ts';

/** Runs command lines on one data folder and gives what they print. */
export function terminal(settings = '') {
  const folder = temporaryFolder();
  const config = join(folder, 'collector.yaml');
  const data = join(folder, 'data');
  writeFileSync(config, `data: ${data}\n${settings}`);
  const run = async (...argv: string[]): Promise<string[]> => {
    const lines: string[] = [];
    await runCommand([...argv, '--config', config], {
      say: (line) => lines.push(line),
      nowMs: () => MONDAY_MS,
      monotonicMs: () => 0,
    });
    return lines;
  };
  return { run, config, data, database: join(data, 'tramdo.sqlite') };
}
