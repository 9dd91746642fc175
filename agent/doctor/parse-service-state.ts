import type { ServiceFacts } from './inspect-service.ts';

/**
 * Reads `systemctl show --property=Id,LoadState,ActiveState,UnitFileState` of service and timer (org.freedesktop.systemd1(5):
 * the words are part of the interface and not translated). A timer that is active means scheduled mode.
 */
export function parseSystemctlShow(text: string): ServiceFacts {
  const units = text
    .split(/\n\s*\n/)
    .map((block) =>
      Object.fromEntries(block.split('\n').flatMap((line) => [/^([A-Za-z]+)=(.*)$/.exec(line)?.slice(1) ?? []])),
    );
  const loaded = units.filter((unit) => unit['LoadState'] === 'loaded');
  const active = loaded.find((unit) => unit['ActiveState'] === 'active' || unit['ActiveState'] === 'activating');
  const isTimer = (unit: Record<string, unknown> | undefined) => String(unit?.['Id'] ?? '').endsWith('.timer');
  if (active !== undefined) return { state: 'active', mode: isTimer(active) ? 'scheduled' : 'resident' };
  const [first] = loaded;
  if (first === undefined) return { state: 'absent' };
  const mode = loaded.every(isTimer) ? 'scheduled' : 'resident';
  const word = String(first['ActiveState'] ?? 'unknown');
  const isOff = loaded.every((unit) => unit['UnitFileState'] === 'disabled' || unit['UnitFileState'] === 'masked');
  return { state: isOff ? 'disabled' : 'stopped', mode, word };
}

/**
 * Reads the XML of `schtasks /query /xml` (Task Scheduler schema, [MS-TSCH] section 2.5). Whether the task runs at this
 * moment is not in it; a task that is there and enabled counts as active.
 */
export function parseScheduledTask(xml: string): ServiceFacts {
  const settings = /<Settings>([\s\S]*?)<\/Settings>/.exec(xml)?.[1] ?? '';
  const mode = /<Arguments>[^<]*--scheduled/.test(xml) ? 'scheduled' : 'resident';
  if (!/<Task[\s>]/.test(xml)) return { state: 'unknown', word: 'no task in the answer' };
  return { state: /<Enabled>\s*false\s*<\/Enabled>/.test(settings) ? 'disabled' : 'active', mode };
}

/** Reads `launchctl print`: a job that runs has a pid; one that is started by a timer waits without one. */
export function parseLaunchctlPrint(text: string): ServiceFacts {
  const word = /^\s*state = (.+)$/m.exec(text)?.[1]?.trim() ?? 'unknown';
  const mode =
    /^\s*(?:run interval|start interval) = /m.test(text) || text.includes('--scheduled') ? 'scheduled' : 'resident';
  if (word === 'running' || mode === 'scheduled') return { state: 'active', mode };
  return { state: 'stopped', mode, word };
}
