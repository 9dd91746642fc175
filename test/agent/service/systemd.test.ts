import { describe, expect, it } from 'vitest';
import { systemdTimer, systemdUnit } from '#agent/service/systemd.ts';

const PROGRAM = {
  nodePath: '/usr/lib/tramdo-agent/node',
  scriptPath: '/usr/lib/tramdo-agent/tramdo-agent.mjs',
};

function linesOf(text: string, section: string): readonly string[] {
  const part = text.split(/^\[/m).find((candidate) => candidate.startsWith(`${section}]`)) ?? '';
  return part
    .split('\n')
    .slice(1)
    .filter((line) => line !== '');
}

function settingOf(text: string, key: string): string | undefined {
  return text
    .split('\n')
    .find((line) => line.startsWith(`${key}=`))
    ?.slice(key.length + 1);
}

describe('systemdUnit()', () => {
  it('keeps the resident process running at low priority and starts it with the system', () => {
    const unit = systemdUnit({ program: PROGRAM, mode: 'resident' });
    const start =
      '/usr/lib/tramdo-agent/node --jitless --max-old-space-size=64 --max-semi-space-size=1 ' +
      '/usr/lib/tramdo-agent/tramdo-agent.mjs run';
    expect(
      ['Type', 'ExecStart', 'Restart', 'SuccessExitStatus', 'Nice', 'MemoryMax'].map((key) => settingOf(unit, key)),
    ).toEqual(['exec', start, 'always', '75', '10', '512M']);
    expect(linesOf(unit, 'Install')).toEqual(['WantedBy=multi-user.target']);
  });

  it('sends one report and ends in scheduled mode, started by its timer alone', () => {
    const unit = systemdUnit({ program: PROGRAM, mode: 'scheduled' });
    expect([settingOf(unit, 'Type'), settingOf(unit, 'Restart'), settingOf(unit, 'TimeoutStartSec')]).toEqual([
      'oneshot',
      undefined,
      '600',
    ]);
    expect(settingOf(unit, 'ExecStart')).toBe(
      '/usr/lib/tramdo-agent/node --jitless --max-old-space-size=192 /usr/lib/tramdo-agent/tramdo-agent.mjs report --scheduled',
    );
    expect(unit).not.toContain('[Install]');
  });

  it.each(['resident', 'scheduled'] as const)('has the same sandbox in %s mode', (mode) => {
    const unit = systemdUnit({ program: PROGRAM, mode });
    expect(linesOf(unit, 'Service')).toEqual(
      expect.arrayContaining([
        'ProtectSystem=strict',
        'ProtectHome=yes',
        'PrivateTmp=yes',
        'MemoryDenyWriteExecute=yes',
        'NoNewPrivileges=yes',
        'StateDirectory=tramdo-agent',
        'StateDirectoryMode=0700',
        'CapabilityBoundingSet=CAP_NET_ADMIN CAP_NET_RAW CAP_DAC_OVERRIDE',
        'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK',
        'SystemCallFilter=@system-service @pkey',
      ]),
    );
    expect(unit).not.toMatch(/PrivateDevices/);
  });

  it('names a state folder that is not the default, and may write there', () => {
    const program = { ...PROGRAM, statePath: '/srv/a b/100%$x' };
    const unit = systemdUnit({ program, mode: 'resident' });
    expect(settingOf(unit, 'ExecStart')).toMatch(/ run --state "\/srv\/a b\/100%%\$\$x"$/);
    expect(settingOf(unit, 'ReadWritePaths')).toMatch(/^"\/srv\/a b\/100%%\$x" -\/run\/chrony /);
  });
});

describe('systemdTimer()', () => {
  it('starts the report unit every 15 minutes with a shift that stays', () => {
    expect(linesOf(systemdTimer(), 'Timer')).toEqual([
      'OnCalendar=*:0/15',
      'OnBootSec=120',
      'RandomizedDelaySec=840',
      'FixedRandomDelay=yes',
      'AccuracySec=30',
      'Unit=tramdo-agent-report.service',
    ]);
  });
});
