import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openBeaconKey } from '#collector/beacon/beacon-keys.ts';
import { COLLECTOR_COMMANDS } from '#collector/commands/index.ts';
import { runCommand } from '#collector/commands/run-command.ts';
import { STANDALONE_COMMANDS } from '#collector/commands/standalone-commands.ts';
import { DataFolder } from '#collector/store/data-folder.ts';
import { parseNetworkTarget } from '#shared/network-target.ts';
import { MONDAY_MS, temporaryFolder } from '../ingest/reporting-machine.ts';

async function run(...argv: string[]): Promise<string> {
  const lines: string[] = [];
  const say = (line: string) => lines.push(line);
  await runCommand(argv, { say, nowMs: () => MONDAY_MS, monotonicMs: () => 0 });
  return lines.join('\n');
}

describe('STANDALONE_COMMANDS', () => {
  it('are sorted by name, and no command of a collector begins like one of them', () => {
    const names = STANDALONE_COMMANDS.map(({ name }) => name);
    expect(names).toEqual(names.toSorted());
    const words = new Set(names.map((name) => name.split(' ')[0]));
    expect(COLLECTOR_COMMANDS.filter(({ name }) => words.has(name.split(' ')[0]))).toEqual([]);
  });

  it('stand in the help between the others', async () => {
    const names = [...(await run('help')).matchAll(/^ {2}([a-z -]+?) {2}/gm)].map(([, name = '']) => name);
    expect(names).toEqual([...COLLECTOR_COMMANDS, ...STANDALONE_COMMANDS].map(({ name }) => name).toSorted());
    const ofNetworks = [...(await run('network', '--help')).matchAll(/^ {2}([a-z -]+?) {2}/gm)].map(([, name]) => name);
    expect(ofNetworks).toEqual(names.filter((name) => name.startsWith('network ')));
    expect(await run('relay', '--help')).toMatch(/^tramdo-collector relay --upstream .+\[--config FILE\]\n/);
  });

  it.each([
    { argv: ['beacon', 'x'], code: 'USAGE' },
    { argv: ['beacon', '--database', 'x'], code: 'USAGE' },
    { argv: ['beacon', '--network', 'A'], code: 'CONFIG_INVALID' },
    { argv: ['relay'], code: 'CONFIG_INVALID' },
    { argv: ['relay', '--upstream', 'http://127.0.0.1:1'], code: 'CONFIG_INVALID' },
    { argv: ['relay', '--upstream', 'https://h:1', '--upstream-pin', 'x'], code: 'CONFIG_INVALID' },
  ])('refuse $argv with $code', async ({ argv, code }) => {
    await expect(run(...argv)).rejects.toMatchObject({ code });
  });
});

describe('beacon-certificate commands', () => {
  it('print the target to register before the certificate is in use', async () => {
    const data = join(temporaryFolder(), 'data');
    openBeaconKey(DataFolder.open(data), 'tslcd');
    await expect(run('beacon-certificate', 'switch', '--data', data)).rejects.toMatchObject({ code: 'USAGE' });
    const printed = await run('beacon-certificate', 'next', '--data', data, '--address', '10.0.0.1:8641');
    const target = /beacon\+https:\S+/.exec(printed)?.[0] ?? '';
    expect(parseNetworkTarget(target)).toMatchObject({ kind: 'beacon', host: '10.0.0.1', port: 8641 });
    expect(printed).toMatch(new RegExp(`: tramdo-collector beacon-certificate switch --data ${data}$`));
  });
});

describe('beacon-key next', () => {
  it('prints both keys and the command that follows, for the same folder', async () => {
    const data = join(temporaryFolder(), 'data');
    openBeaconKey(DataFolder.open(data), 'tslcd');
    const printed = await run('beacon-key', 'next', '--data', data);
    expect(printed.match(/"kty":"EC"/g)).toHaveLength(2);
    expect(printed).toMatch(new RegExp(`: tramdo-collector beacon-key switch --data ${data}$`));
  });
});
