import { describe, expect, it } from 'vitest';
import { launchdPlist } from '#agent/service/launchd.ts';

const PROGRAM = {
  nodePath: '/usr/local/lib/tramdo-agent/node',
  scriptPath: '/usr/local/lib/tramdo-agent/tramdo-agent.mjs',
};

/** The dictionary of the plist as `key: value` lines, one per key; an array is joined by blanks. */
function entriesOf(plist: string): Readonly<Record<string, string>> {
  const pairs = plist.matchAll(/<key>(.*?)<\/key>\s*(<array>[\s\S]*?<\/array>|<[^>]*\/>|<(\w+)>.*?<\/\3>)/g);
  const words = (value: string) =>
    value
      .replace(/<(true|false)\/>/, '$1')
      .replace(/<[^>]*>/g, ' ')
      .trim();
  return Object.fromEntries([...pairs].map(([, key = '', value = '']) => [key, words(value).replace(/\s+/g, ' ')]));
}

describe('launchdPlist()', () => {
  it('keeps the resident process alive, in the background', () => {
    expect(entriesOf(launchdPlist({ program: PROGRAM, mode: 'resident' }))).toEqual({
      Label: 'vn.tramdo.agent',
      ProgramArguments:
        '/usr/local/lib/tramdo-agent/node --jitless --max-old-space-size=64 --max-semi-space-size=1 ' +
        '/usr/local/lib/tramdo-agent/tramdo-agent.mjs run',
      RunAtLoad: 'true',
      KeepAlive: 'true',
      ThrottleInterval: '10',
      ProcessType: 'Background',
      LowPriorityIO: 'true',
      LowPriorityBackgroundIO: 'true',
      Nice: '10',
      Umask: '63',
    });
  });

  it('starts a report every 15 minutes in scheduled mode and keeps nothing alive', () => {
    const { StartInterval, KeepAlive, ProgramArguments } = entriesOf(
      launchdPlist({ program: PROGRAM, mode: 'scheduled' }),
    );
    expect({ StartInterval, KeepAlive }).toEqual({ StartInterval: '900', KeepAlive: undefined });
    expect(ProgramArguments).toMatch(/ report --scheduled$/);
  });

  it('escapes what XML reads as its own', () => {
    const program = { ...PROGRAM, statePath: '/Volumes/R&D <1>' };
    expect(launchdPlist({ program, mode: 'resident' })).toContain('    <string>/Volumes/R&amp;D &lt;1&gt;</string>');
  });
});
