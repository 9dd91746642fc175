import { describe, expect, it } from 'vitest';
import { inspectService } from '#agent/doctor/inspect-service.ts';
import { parseLaunchctlPrint, parseScheduledTask, parseSystemctlShow } from '#agent/doctor/parse-service-state.ts';
import { answeringHost } from '../answering-host.ts';

const unit = (id: string, load: string, active: string, file: string) =>
  `Id=${id}\nLoadState=${load}\nActiveState=${active}\nUnitFileState=${file}\n`;
const SERVICE = 'tramdo-agent.service';
const TIMER = 'tramdo-agent.timer';
const noTimer = unit(TIMER, 'not-found', 'inactive', '');

describe('parseSystemctlShow()', () => {
  it.each([
    {
      when: 'the service runs',
      text: `${unit(SERVICE, 'loaded', 'active', 'enabled')}\n${noTimer}`,
      facts: { state: 'active', mode: 'resident' },
    },
    {
      when: 'the timer waits',
      text: `${unit(SERVICE, 'loaded', 'inactive', 'disabled')}\n${unit(TIMER, 'loaded', 'active', 'enabled')}`,
      facts: { state: 'active', mode: 'scheduled' },
    },
    {
      when: 'the service failed',
      text: `${unit(SERVICE, 'loaded', 'failed', 'enabled')}\n${noTimer}`,
      facts: { state: 'stopped', mode: 'resident', word: 'failed' },
    },
    {
      when: 'somebody disabled it',
      text: `${unit(SERVICE, 'loaded', 'inactive', 'disabled')}\n${noTimer}`,
      facts: { state: 'disabled', mode: 'resident', word: 'inactive' },
    },
    {
      when: 'there is none',
      text: `${unit(SERVICE, 'not-found', 'inactive', '')}\n${noTimer}`,
      facts: { state: 'absent' },
    },
  ])('says $facts.state when $when', ({ text, facts }) => {
    expect(parseSystemctlShow(text)).toEqual(facts);
  });
});

describe('parseScheduledTask()', () => {
  const task = (arguments_: string, settings: string) =>
    `<?xml version="1.0" encoding="UTF-16"?>\r\n<Task version="1.2"><Settings>${settings}</Settings>` +
    `<Actions><Exec><Arguments>${arguments_}</Arguments></Exec></Actions></Task>`;
  it.each([
    { xml: task('tramdo-agent.mjs run', '<Enabled>true</Enabled>'), facts: { state: 'active', mode: 'resident' } },
    { xml: task('tramdo-agent.mjs report --scheduled', ''), facts: { state: 'active', mode: 'scheduled' } },
    { xml: task('x.mjs run', '<Enabled> false </Enabled>'), facts: { state: 'disabled', mode: 'resident' } },
    { xml: 'LỖI', facts: { state: 'unknown', word: 'no task in the answer' } },
  ])('says $facts.state', ({ xml, facts }) => {
    expect(parseScheduledTask(xml)).toEqual(facts);
  });
});

describe('parseLaunchctlPrint()', () => {
  it.each([
    {
      text: 'system/vn.tramdo.agent = {\n\tstate = running\n\tpid = 99\n}\n',
      facts: { state: 'active', mode: 'resident' },
    },
    {
      text: 'system/vn.tramdo.agent = {\n\tstate = not running\n\targuments = {\n\t\treport\n\t\t--scheduled\n\t}\n\trun interval = 900 seconds\n}\n',
      facts: { state: 'active', mode: 'scheduled' },
    },
    { text: '\tstate = waiting\n', facts: { state: 'stopped', mode: 'resident', word: 'waiting' } },
  ])('says $facts.state', ({ text, facts }) => {
    expect(parseLaunchctlPrint(text)).toEqual(facts);
  });
});

describe('inspectService()', () => {
  it('asks each system in its own way', async () => {
    const windows = answeringHost('win32', { 'schtasks-query-agent': '<Task><Settings></Settings></Task>' });
    expect(await inspectService(windows)).toEqual({ state: 'active', mode: 'resident' });
    const macos = answeringHost('darwin', { 'launchctl-print-agent': 'state = running\n' });
    expect(await inspectService(macos)).toEqual({ state: 'active', mode: 'resident' });
    const linux = answeringHost('linux', { 'systemctl-show-agent': unit(SERVICE, 'loaded', 'active', 'enabled') });
    expect(await inspectService(linux)).toEqual({ state: 'active', mode: 'resident' });
  });

  it('does not know where the system has no such command', async () => {
    expect(await inspectService(answeringHost('linux'))).toEqual({
      state: 'unknown',
      word: 'Cannot run "systemctl-show-agent"',
    });
  });

  it('says that there is nobody to ask', async () => {
    const host = answeringHost('linux');
    const run = async () => ({ stdout: '', stderr: 'System has not been booted with systemd\nmore', exitCode: 1 });
    expect(await inspectService({ ...host, run })).toEqual({
      state: 'unknown',
      word: 'System has not been booted with systemd',
    });
  });
});
