import { describe, expect, it } from 'vitest';
import { readPlist } from '#agent/probes/read-plist.ts';
import { openRecordedHost } from '../recorded-host.ts';
import { changeHost, type HostChanges } from './changed-host.ts';

const PATH = '/Library/Preferences/com.apple.SoftwareUpdate.plist';
const COMMAND = 'plutil-software-update';
const XML = '<plist version="1.0"><string>of the file</string></plist>';
const PRINTED = '<plist version="1.0"><string>of plutil</string></plist>';

function host(changes: HostChanges) {
  return changeHost(openRecordedHost('macos-12-mac-mini-intel'), changes);
}

describe('readPlist()', () => {
  it('reads a text without a process', async () => {
    const changes = { files: { [PATH]: XML }, commands: { [COMMAND]: 'COMMAND_TIMED_OUT' } } as const;
    expect(await readPlist(host(changes), PATH, COMMAND)).toEqual('of the file');
  });

  it('has a binary list printed by its command', async () => {
    const changes = { files: { [PATH]: 'bplist00' }, commands: { [COMMAND]: { stdout: PRINTED } } };
    expect(await readPlist(host(changes), PATH, COMMAND)).toEqual('of plutil');
  });

  it.each([
    ['there is no such file', { files: { [PATH]: undefined } }, COMMAND],
    ['there is no command for it', { files: { [PATH]: 'bplist00' } }, undefined],
    ['the command fails', { files: { [PATH]: 'bplist00' }, commands: { [COMMAND]: { exitCode: 1 } } }, COMMAND],
    ['the command is missing', { files: { [PATH]: 'bplist00' }, commands: { [COMMAND]: 'COMMAND_MISSING' } }, COMMAND],
  ] as const)('gives nothing when %s', async (_, changes, command) => {
    expect(await readPlist(host(changes), PATH, command)).toEqual(undefined);
  });
});
