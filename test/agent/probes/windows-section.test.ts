import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { CommandResult } from '#agent/host/host.ts';
import { readWindowsSection } from '#agent/probes/windows-section.ts';
import { openRecordedHost } from '../recorded-host.ts';
import { changeHost } from './changed-host.ts';

const HEAD = '{"inventory":1,"languageMode":"FullLanguage","psVersion":"5.1","isElevated":true,"isOnBattery":false}';
const schema = z.object({ name: z.string() });

function read(result: Partial<CommandResult>) {
  const host = changeHost(openRecordedHost('windows-10-22h2-defender'), {
    commands: { 'powershell-inventory': result },
  });
  return readWindowsSection(host, 'os', schema);
}

const section = (text: string) => ({ stdout: `${HEAD}\n{"begin":"os"}\n{"section":"os",${text}}\n{"end":true}\n` });
const failed = (kind: string) => section(`"failure":{"kind":"${kind}","message":"HRESULT 0x80041003"}`);

describe('readWindowsSection()', () => {
  it('gives the value of its section', async () => {
    expect(await read(section('"value":{"name":"M\\u00c1Y"}'))).toEqual({ name: 'MÁY' });
  });

  it.each([
    { when: 'Windows refuses', result: failed('access_denied'), code: 'HOST_FILE_DENIED' },
    { when: 'the class is not there', result: failed('missing'), code: 'COMMAND_MISSING' },
    { when: 'a query took too long', result: failed('timed_out'), code: 'COMMAND_TIMED_OUT' },
    { when: 'something else went wrong', result: failed('failed'), code: 'COMMAND_FAILED' },
    { when: 'the value is another one', result: section('"value":{"name":7}'), code: 'OUTPUT_UNREADABLE' },
    {
      when: 'the section hung',
      result: { stdout: `${HEAD}\n{"begin":"os"}`, exitCode: -1, isCutShort: true as const },
      code: 'COMMAND_TIMED_OUT',
    },
    {
      when: 'PowerShell went down in it',
      result: { stdout: `${HEAD}\n{"begin":"os"}`, exitCode: 5 },
      code: 'COMMAND_FAILED',
    },
    {
      when: 'another section hung before it',
      result: { stdout: `${HEAD}\n{"begin":"time"}`, isCutShort: true as const },
      code: 'COMMAND_FAILED',
    },
    {
      when: 'PowerShell did not start in time',
      result: { stdout: '', exitCode: -1, isCutShort: true as const },
      code: 'COMMAND_TIMED_OUT',
    },
    { when: 'PowerShell is blocked', result: { stdout: '', exitCode: 1 }, code: 'COMMAND_MISSING' },
    { when: 'it was left out', result: { stdout: `${HEAD}\n{"end":true}` }, code: 'COMMAND_FAILED' },
  ])('says $code when $when', async ({ result, code }) => {
    await expect(read(result)).rejects.toMatchObject({ code });
  });
});
