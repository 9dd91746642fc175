import { describe, expect, it } from 'vitest';
import { parseDisplayLanguage } from '#agent/probes/os/parse-locale.ts';
import { parseOsRelease } from '#agent/probes/os/parse-os-release.ts';
import { osProbe } from '#agent/probes/os/probe.ts';
import { parseAssignments } from '#agent/probes/parse-assignments.ts';
import { TramdoError } from '#shared/errors.ts';
import type { Observation } from '#shared/observations/index.ts';
import { os } from '#shared/observations/os.ts';
import { EMPTY_CONTEXT } from '../empty-context.ts';
import { openRecordedHost } from '../recorded-host.ts';

const SEEN: Readonly<Record<string, Observation<'os'>>> = {
  'container-bare': {
    family: 'linux',
    id: 'debian',
    name: 'Debian GNU/Linux 12 (bookworm)',
    version: '12',
    build: '6.1.0-37-amd64',
    architecture: 'x86_64',
  },
  'debian-12-desktop': {
    family: 'linux',
    id: 'debian',
    name: 'Debian GNU/Linux 12 (bookworm)',
    version: '12',
    build: '6.1.0-37-amd64',
    architecture: 'x86_64',
    installedAt: '2023-08-15T02:58:01.000Z',
    displayLanguage: 'vi-VN',
  },
  'rocky-9-server': {
    family: 'linux',
    id: 'rocky',
    name: 'Rocky Linux 9.5 (Blue Onyx)',
    version: '9.5',
    build: '5.14.0-503.23.1.el9_5.x86_64',
    architecture: 'x86_64',
    installedAt: '2024-12-03T02:20:31.000Z',
    displayLanguage: 'en-US',
  },
  'ubuntu-24.04-laptop': {
    family: 'linux',
    id: 'ubuntu',
    name: 'Ubuntu 24.04.2 LTS',
    version: '24.04',
    build: '6.8.0-55-generic',
    architecture: 'x86_64',
    installedAt: '2024-06-20T04:11:37.000Z',
    displayLanguage: 'en-US',
  },
};

describe('osProbe', () => {
  it.each(Object.entries(SEEN))('sees which system runs on %s', async (name, want) => {
    const seen = await osProbe.read(openRecordedHost(name), EMPTY_CONTEXT);
    expect(seen).toEqual(want);
    expect(os.parse(seen)).toEqual(want);
  });

  it('says what it can of a machine that shows nothing', async () => {
    const host = {
      ...openRecordedHost('container-bare'),
      readText: async () => undefined,
      stat: async () => undefined,
    };
    const seen = await osProbe.read(host, EMPTY_CONTEXT);
    expect(seen).toEqual({ family: 'linux', id: 'linux', name: 'Linux', version: '', architecture: 'unknown' });
    expect(os.parse(seen)).toEqual(seen);
  });

  it('takes marks that are closed, from 1970 or from tomorrow for no date of installation', async () => {
    const recorded = openRecordedHost('container-bare');
    const host = {
      ...recorded,
      stat: async (path: string) => {
        if (path === '/var/log/installer') throw new TramdoError('HOST_FILE_DENIED', 'Cannot look');
        const modifiedAtMs = path === '/etc/machine-id' ? 0 : recorded.nowMs() + 86_400_000;
        return { kind: 'file', sizeBytes: 0, modifiedAtMs, createdAtMs: 0 } as const;
      },
    };
    expect(await osProbe.read(host, EMPTY_CONTEXT)).toEqual(SEEN['container-bare']);
  });
});

describe('parseOsRelease()', () => {
  it('reads quotes, comments, CRLF and a text without an end of line', () => {
    const text = '# comment\r\nID=FEDORA\r\nNAME=\'Fedora Linux\'\r\nVERSION_ID="41"\r\nVARIANT_ID=workstation';
    expect(parseOsRelease(text)).toEqual({
      id: 'fedora',
      name: 'Fedora Linux 41',
      version: '41',
      edition: 'workstation',
    });
  });

  it('leaves the version empty where the system has none', () => {
    expect(parseOsRelease('PRETTY_NAME="Debian GNU/Linux trixie/sid"\nID=debian\n')).toEqual({
      id: 'debian',
      name: 'Debian GNU/Linux trixie/sid',
      version: '',
    });
  });

  it('cuts texts to what the observation allows', () => {
    const { id, name } = parseOsRelease(`ID=${'a'.repeat(500)}\nPRETTY_NAME="${'b'.repeat(500)}"`);
    expect([id.length, name.length]).toEqual([64, 128]);
  });
});

describe('parseAssignments()', () => {
  it.each([
    ['A="say \\"hi\\" for \\$5"', 'say "hi" for $5'],
    ["A='no \\escape'", 'no \\escape'],
    ['A=plain # comment', 'plain'],
    ['export A=shell', 'shell'],
    ['A=first\nA=last', 'last'],
    ['A=', ''],
    ['A="open', '"open'],
  ])('reads %j as %j', (text, want) => {
    expect(parseAssignments(text).get('A')).toBe(want);
  });

  it('skips what is no assignment', () => {
    expect([...parseAssignments('#A=1\n1A=2\njunk\n\n')]).toEqual([]);
  });
});

describe('parseDisplayLanguage()', () => {
  it.each([
    ['LANG="vi_VN.UTF-8"\n', 'vi-VN'],
    ['LANG=vi_VN', 'vi-VN'],
    ['LANG=sr_RS.UTF-8@latin', 'sr-Latn-RS'],
    ['LANG=de_DE@euro', 'de-DE'],
    ['LANG=en_US.UTF-8\nLC_MESSAGES=vi_VN.UTF-8\n', 'vi-VN'],
    ['LANG=en_US.UTF-8\r\nLC_ALL=\r\n', 'en-US'],
    ['LANG=eo.UTF-8', 'eo'],
    ['LANG=C.UTF-8\n', undefined],
    ['LANG=POSIX', undefined],
    ['', undefined],
  ])('reads %j as %j', (text, want) => {
    expect(parseDisplayLanguage(text)).toBe(want);
  });
});
