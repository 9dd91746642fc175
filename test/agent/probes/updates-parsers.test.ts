import { describe, expect, it } from 'vitest';
import { hasNewerKernel } from '#agent/probes/updates/newer-kernel.ts';
import { parseAptHistory, parseAptUpgradable, parseDpkgLog } from '#agent/probes/updates/parse-apt.ts';
import { parseDnfCheckUpdate, parseDnfRpmLog, parseDnfSecurityList } from '#agent/probes/updates/parse-dnf.ts';

describe('parseAptUpgradable()', () => {
  it('counts packages, and those that mend security among several suites', () => {
    const text = [
      'Listing... Done',
      'libssl3/jammy-updates,jammy-security 3.0.2-0ubuntu1.18 amd64 [upgradable from: 3.0.2-0ubuntu1.15]',
      'g++-12/oldstable 12.2.0-14+deb12u1 amd64 [upgradable from: 12.2.0-14]',
      'code/stable 1.97.2-1 amd64 [upgradable from: 1.90.0-1]',
      'N: There are 2 additional versions',
    ].join('\r\n');
    expect(parseAptUpgradable(text)).toEqual({ pendingCount: 3, pendingSecurityCount: 1 });
  });

  it.each(['', 'Listing...', 'Listing...\n\n'])('counts none in %j', (text) => {
    expect(parseAptUpgradable(text)).toEqual({ pendingCount: 0, pendingSecurityCount: 0 });
  });
});

describe('parseAptHistory()', () => {
  const run = (day: string, ...lines: string[]) =>
    [`Start-Date: 2026-03-${day}  08:14:21`, ...lines, `End-Date: 2026-03-${day}  08:14:55`].join('\n');

  it('takes the newest run that upgraded something', () => {
    const text = `\n${run('02', 'Upgrade: a:amd64 (1, 2)')}\n\n${run('05', 'Install: b:amd64 (1)')}\n\n${run('06', 'Remove: c:amd64 (1)')}`;
    expect(parseAptHistory(text)).toEqual({ year: 2026, month: 3, day: 2, hour: 8, minute: 14, second: 55 });
  });

  it('skips a run that failed and one that never ended', () => {
    const failed = run('03', 'Upgrade: a:amd64 (1, 2)', 'Error: Sub-process /usr/bin/dpkg returned an error code (1)');
    const cut = 'Start-Date: 2026-03-04  08:14:21\nUpgrade: a:amd64 (1, 2)\n';
    expect(parseAptHistory(`${failed}\n\n${cut}`)).toBeUndefined();
  });

  it('reads CRLF', () => {
    const text = run('02', 'Upgrade: a:amd64 (1, 2)').replaceAll('\n', '\r\n');
    expect(parseAptHistory(text)?.day).toBe(2);
  });

  it.each(['', '\n\n', 'Upgrade: a\nEnd-Date: yesterday\n', 'Upgrade: a\nEnd-Date: 2026-13-02  08:00:00\n'])(
    'has nothing of %j',
    (text) => {
      expect(parseAptHistory(text)).toBeUndefined();
    },
  );
});

describe('parseDpkgLog()', () => {
  it('takes the last line that upgrades, without an end of line', () => {
    const text =
      '2026-02-01 10:00:00 upgrade a:amd64 1 2\n2026-02-02 10:00:00 status installed a:amd64 2\n2026-02-03 10:00:01 upgrade b:all 1 2';
    expect(parseDpkgLog(text)).toEqual({ year: 2026, month: 2, day: 3, hour: 10, minute: 0, second: 1 });
  });

  it('has nothing of a month without upgrades', () => {
    expect(parseDpkgLog('2026-02-03 10:00:01 install b:all <none> 2\n')).toBeUndefined();
  });
});

describe('parseDnfCheckUpdate()', () => {
  it('counts packages before the obsoleted ones, long names on their own line included', () => {
    const text = [
      '',
      'kernel.x86_64      5.14.0-503.31.1.el9_5    baseos',
      'a-very-long-package-name-that-fills-the-column.noarch',
      '                   1.0-1.el9                appstream',
      'Security: kernel-core-5.14.0 is an installed security update',
      'Obsoleting Packages',
      'grub2-tools.x86_64 1:2.06-94.el9_5          baseos',
      '    grub2-tools.x86_64 1:2.06-92.el9        @baseos',
    ].join('\n');
    expect(parseDnfCheckUpdate(text)).toBe(2);
  });

  it('counts none in an empty text', () => {
    expect(parseDnfCheckUpdate('')).toBe(0);
  });
});

describe('parseDnfSecurityList()', () => {
  it('counts each package once, whatever advisories name it', () => {
    const text = [
      'RLSA-2026:1262 Important/Sec. kernel-5.14.0-503.26.1.el9_5.x86_64',
      'RLSA-2026:2627 Important/Sec. kernel-5.14.0-503.31.1.el9_5.x86_64\r',
      'RLSA-2026:1675 Moderate/Sec.  bind-libs-32:9.16.23-24.el9_5.3.x86_64',
      'Last metadata expiration check: 0:14:42 ago',
    ].join('\n');
    expect(parseDnfSecurityList(text)).toBe(2);
    expect(parseDnfSecurityList('')).toBe(0);
  });
});

describe('parseDnfRpmLog()', () => {
  it('reads the offset of each line and skips new packages', () => {
    const text =
      '2026-02-24T09:10:31+0700 SUBDEBUG Upgrade: glibc-2.34\n2026-02-25T09:00:00+0700 SUBDEBUG Installed: tmux-3.2a\n';
    expect(parseDnfRpmLog(text)).toBe(Date.parse('2026-02-24T02:10:31Z'));
  });

  it('takes a kernel beside the old one for an upgrade, and Z for UTC', () => {
    expect(parseDnfRpmLog('2026-02-25T09:00:00Z SUBDEBUG Installed: kernel-core-5.14.0-503')).toBe(
      Date.parse('2026-02-25T09:00:00Z'),
    );
  });

  it.each(['', 'junk', '2026-02-25T09:00:00+0700 INFO --- logging initialized ---\n'])('has nothing of %j', (text) => {
    expect(parseDnfRpmLog(text)).toBeUndefined();
  });
});

describe('hasNewerKernel()', () => {
  it.each([
    [true, '6.1.0-9-amd64', ['6.1.0-9-amd64', '6.1.0-10-amd64']],
    [false, '6.1.0-10-amd64', ['6.1.0-9-amd64', '6.1.0-10-amd64']],
    [false, '6.1.0-9-amd64', ['6.1.0-9-amd64', '6.1.0-10-cloud-amd64']],
    [true, '6.12.41+deb13-amd64', ['6.12.41+deb13-amd64', '6.12.43+deb13-amd64']],
    [true, '5.14.0-427.40.1.el9_4.x86_64', ['5.14.0-427.40.1.el9_4.x86_64', '5.14.0-503.23.1.el9_5.x86_64']],
    [false, '5.14.0-503.23.1.el9_5.x86_64', ['0-rescue-0011', '5.14.0-503.23.1.el9_5.x86_64']],
    [undefined, '6.18.44-custom', ['6.1.0-9-amd64']],
    [undefined, '', []],
  ])('says %j of %s among %j', (want, running, installed) => {
    expect(hasNewerKernel(running, installed)).toBe(want);
  });
});
