import { describe, expect, it } from 'vitest';
import type { Host } from '#agent/host/host.ts';
import { updatesProbe } from '#agent/probes/updates/probe.ts';
import { TramdoError } from '#shared/errors.ts';
import type { Observation } from '#shared/observations/index.ts';
import { updates } from '#shared/observations/updates.ts';
import { EMPTY_CONTEXT } from '../empty-context.ts';
import { openRecordedHost } from '../recorded-host.ts';

const SEEN: Readonly<Record<string, Observation<'updates'>>> = {
  'container-bare': { source: 'apt' },
  'debian-12-desktop': {
    source: 'apt',
    lastInstalledAt: '2026-03-02T01:14:55.000Z',
    lastCheckedAt: '2026-03-09T23:40:12.000Z',
    pendingCount: 3,
    pendingSecurityCount: 2,
    isRebootNeeded: true,
    countedFrom: 'apt 1773099610000 1772679760000',
  },
  'rocky-9-server': {
    source: 'dnf',
    lastInstalledAt: '2026-02-24T02:10:40.000Z',
    lastCheckedAt: '2026-03-09T20:15:11.000Z',
    pendingCount: 4,
    pendingSecurityCount: 2,
    isRebootNeeded: false,
    countedFrom: 'dnf 1773087309000 1771984801000',
  },
  'ubuntu-24.04-laptop': {
    source: 'apt',
    lastInstalledAt: '2026-02-26T23:41:03.000Z',
    lastCheckedAt: '2026-03-09T22:05:03.000Z',
    pendingCount: 0,
    pendingSecurityCount: 0,
    isRebootNeeded: true,
    countedFrom: 'apt 1773093900000 1772262010000',
  },
};

/** A host whose every command is written down. */
function listening(host: Host): { readonly host: Host; readonly commands: string[] } {
  const commands: string[] = [];
  const run: Host['run'] = (command) => {
    commands.push(command);
    return host.run(command);
  };
  return { host: { ...host, run }, commands };
}

function refusing(host: Host, code: 'COMMAND_TIMED_OUT' | 'COMMAND_MISSING'): Host {
  return {
    ...host,
    run: async (command) => {
      throw new TramdoError(code, `Cannot run "${command}"`);
    },
  };
}

describe('updatesProbe', () => {
  it.each(Object.entries(SEEN))('sees how current %s is', async (name, want) => {
    const seen = await updatesProbe.read(openRecordedHost(name), EMPTY_CONTEXT);
    expect(seen).toEqual(want);
    expect(updates.parse(seen)).toEqual(want);
  });

  it.each(['debian-12-desktop', 'rocky-9-server'])(
    'counts nothing anew on %s while the lists are the same',
    async (name) => {
      const { host, commands } = listening(openRecordedHost(name));
      const first = await updatesProbe.read(host, EMPTY_CONTEXT);
      const started = commands.length;
      expect(await updatesProbe.read(host, { ...EMPTY_CONTEXT, previous: first })).toEqual(first);
      expect([started > 0, commands.length - started]).toEqual([true, 0]);
    },
  );

  it('counts anew when the lists changed', async () => {
    const previous = { ...SEEN['debian-12-desktop'], source: 'apt', pendingCount: 99, countedFrom: 'apt 1 1' } as const;
    const seen = await updatesProbe.read(openRecordedHost('debian-12-desktop'), { ...EMPTY_CONTEXT, previous });
    expect(seen).toEqual(SEEN['debian-12-desktop']);
  });

  it.each(['COMMAND_TIMED_OUT', 'COMMAND_MISSING'] as const)(
    'keeps the dates when counting ends with %s',
    async (code) => {
      const { pendingCount: _, pendingSecurityCount: __, countedFrom: ___, ...dates } = SEEN['rocky-9-server'] ?? {};
      const host = refusing(openRecordedHost('rocky-9-server'), code);
      expect(await updatesProbe.read(host, EMPTY_CONTEXT)).toEqual(dates);
    },
  );

  it('keeps the date it knew when the log was packed away', async () => {
    const previous = { source: 'apt', lastInstalledAt: '2026-02-27T10:00:00.000Z' } as const;
    const seen = await updatesProbe.read(openRecordedHost('ubuntu-24.04-laptop'), { ...EMPTY_CONTEXT, previous });
    expect(seen.lastInstalledAt).toBe('2026-02-27T10:00:00.000Z');
  });

  it('says nothing of a date in a log it may not read', async () => {
    const recorded = openRecordedHost('debian-12-desktop');
    const host: Host = {
      ...recorded,
      readText: async (path, options) => {
        if (path.startsWith('/var/log/')) throw new TramdoError('HOST_FILE_DENIED', `Cannot read "${path}"`);
        return recorded.readText(path, options);
      },
    };
    expect(await updatesProbe.read(host, EMPTY_CONTEXT)).not.toHaveProperty('lastInstalledAt');
  });

  it('knows nothing where neither apt nor dnf is', async () => {
    const host = { ...openRecordedHost('container-bare'), stat: async () => undefined };
    expect(await updatesProbe.read(host, EMPTY_CONTEXT)).toEqual({ source: 'unknown' });
  });
});
