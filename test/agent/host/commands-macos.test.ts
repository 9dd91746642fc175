import { describe, expect, it } from 'vitest';
import { COMMANDS, type CommandId } from '#agent/host/commands.ts';
import { MACOS_COMMANDS } from '#agent/host/commands-macos.ts';
import type { Host } from '#agent/host/host.ts';
import { readFingerprintIds } from '#agent/probes/hardware/fingerprint.ts';
import { PROBES } from '#agent/probes/index.ts';
import { osProbe } from '#agent/probes/os/probe.ts';
import { loadCatalogues, productHints } from '#collector/catalogues/catalogues.ts';
import { EMPTY_CONTEXT } from '../empty-context.ts';
import { openRecordedHost, recordedHostNames } from '../recorded-host.ts';

/** Most processes a daily inventory may start, the fingerprint included. */
const MAX_PROCESSES = 10;

const CONTEXT = { ...EMPTY_CONTEXT, products: productHints(loadCatalogues()) };

function countingHost(name: string, ran: CommandId[]): Host {
  const host = openRecordedHost(name);
  return {
    ...host,
    run: (command) => {
      ran.push(command);
      return host.run(command);
    },
  };
}

/** The commands of a whole inventory; probes that fail have started theirs all the same. */
async function commandsOf(name: string): Promise<readonly CommandId[]> {
  const ran: CommandId[] = [];
  const host = countingHost(name, ran);
  await readFingerprintIds(host);
  const previous = await osProbe.read(openRecordedHost(name), CONTEXT);
  for (const probe of PROBES) {
    const context = probe.id === 'os' ? { ...CONTEXT, previous } : CONTEXT;
    await probe.read(host, context).catch(() => undefined);
  }
  return ran;
}

describe('commands of macOS', () => {
  it.each(recordedHostNames().filter((name) => name.startsWith('macos-')))(
    `are at most ${MAX_PROCESSES} for an inventory of %s, none of them twice`,
    async (name) => {
      const ran = await commandsOf(name);
      expect(ran.length).toBeLessThanOrEqual(MAX_PROCESSES);
      expect(ran.toSorted()).toEqual([...new Set(ran)].toSorted());
    },
  );

  it('are for macOS alone', () => {
    const ids = Object.entries(COMMANDS).flatMap(([id, { platform }]) => (platform === 'darwin' ? id : []));
    expect(ids.toSorted()).toEqual(Object.keys(MACOS_COMMANDS).toSorted());
  });
});
