import { describe, expect, it } from 'vitest';
import { encodeTaskXml, quoteWindowsWord, scheduledTaskXml } from '#agent/service/windows-task.ts';

const FOLDER = 'C:\\Program Files\\tramdo-agent';
const PROGRAM = { nodePath: `${FOLDER}\\node.exe`, scriptPath: `${FOLDER}\\tramdo-agent.mjs` };

const RESIDENT = scheduledTaskXml({ program: PROGRAM, mode: 'resident', splaySeconds: 61 });
const SCHEDULED = scheduledTaskXml({ program: PROGRAM, mode: 'scheduled', splaySeconds: 61 });

/**
 * Order of children in the published schema ([MS-TSCH] 2.5.3.1 to 2.5.3.5: `triggerBaseType` and its extensions are
 * sequences). `Task`, `Settings`, `Principal`, `Exec` and `Repetition` are `xs:all` there and have no order.
 */
const SEQUENCES: Readonly<Record<string, readonly string[]>> = {
  BootTrigger: ['Enabled', 'StartBoundary', 'EndBoundary', 'Repetition', 'ExecutionTimeLimit', 'Delay'],
  TimeTrigger: ['Enabled', 'StartBoundary', 'EndBoundary', 'Repetition', 'ExecutionTimeLimit', 'RandomDelay'],
};

/** Children of the elements that {@link scheduledTaskXml} makes, in the schema's spelling. */
const CHILDREN: Readonly<Record<string, readonly string[]>> = {
  ...SEQUENCES,
  Task: ['RegistrationInfo', 'Triggers', 'Settings', 'Data', 'Principals', 'Actions'],
  RegistrationInfo: [
    'URI',
    'SecurityDescriptor',
    'Source',
    'Date',
    'Author',
    'Version',
    'Description',
    'Documentation',
  ],
  Triggers: ['BootTrigger', 'TimeTrigger'],
  Repetition: ['Interval', 'Duration', 'StopAtDurationEnd'],
  Principals: ['Principal'],
  Principal: ['UserId', 'LogonType', 'GroupId', 'DisplayName', 'RunLevel'],
  Settings: [
    ...['AllowStartOnDemand', 'RestartOnFailure', 'MultipleInstancesPolicy', 'DisallowStartIfOnBatteries'],
    ...['StopIfGoingOnBatteries', 'AllowHardTerminate', 'StartWhenAvailable', 'NetworkProfileName'],
    ...['RunOnlyIfNetworkAvailable', 'WakeToRun', 'Enabled', 'Hidden', 'DeleteExpiredTaskAfter', 'IdleSettings'],
    ...['NetworkSettings', 'ExecutionTimeLimit', 'Priority', 'RunOnlyIfIdle'],
  ],
  IdleSettings: ['Duration', 'WaitTimeout', 'StopOnIdleEnd', 'RestartOnIdle'],
  RestartOnFailure: ['Interval', 'Count'],
  Actions: ['Exec'],
  Exec: ['Command', 'Arguments', 'WorkingDirectory'],
};

interface Element {
  readonly name: string;
  readonly children: Element[];
}

/** Every element of the text, outermost first; throws when tags do not match. */
function elementsOf(xml: string): readonly Element[] {
  const all: Element[] = [];
  const open: Element[] = [];
  for (const [, slash, name = ''] of xml.matchAll(/<(\/?)(\w+)[^>?]*>/g)) {
    if (slash === '/') {
      const closed = open.pop();
      if (closed?.name !== name) throw new Error(`</${name}> closes <${closed?.name}>`);
      continue;
    }
    const element = { name, children: [] };
    open.at(-1)?.children.push(element);
    open.push(element);
    all.push(element);
  }
  return all;
}

describe.each([
  { mode: 'resident', xml: RESIDENT },
  { mode: 'scheduled', xml: SCHEDULED },
])('scheduledTaskXml() in $mode mode', ({ xml }) => {
  it('uses elements of the schema alone, where it has them', () => {
    const strangers = elementsOf(xml).flatMap(({ name, children }) =>
      children.filter((child) => CHILDREN[name]?.includes(child.name) !== true).map((child) => `${name}/${child.name}`),
    );
    expect(strangers).toEqual([]);
  });

  it('keeps the order of the schema in triggers, and repeats nothing', () => {
    for (const { name, children } of elementsOf(xml)) {
      const names = children.map((child) => child.name);
      expect(names).toEqual([...new Set(names)]);
      const order = SEQUENCES[name] ?? names;
      expect(names).toEqual(order.filter((candidate) => names.includes(candidate)));
    }
  });

  it('runs as LocalSystem, on battery too, one at a time, at low priority', () => {
    expect(xml).toContain('<UserId>S-1-5-18</UserId>');
    expect(xml).toContain('<RunLevel>HighestAvailable</RunLevel>');
    expect(xml).toContain('<MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>');
    expect(xml).toContain('<DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>');
    expect(xml).toContain('<StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>');
    expect(xml).toContain('<Priority>7</Priority>');
  });
});

describe('scheduledTaskXml()', () => {
  it('looks every 5 minutes whether the resident process runs, and never ends it', () => {
    expect(RESIDENT).toContain('<Interval>PT5M</Interval>');
    expect(RESIDENT).toContain('<ExecutionTimeLimit>PT0S</ExecutionTimeLimit>');
    expect(RESIDENT).toContain(
      `<Command>&quot;${FOLDER}\\node.exe&quot;</Command>\r\n      <Arguments>--jitless --max-old-space-size=64 ` +
        `--max-semi-space-size=1 &quot;${FOLDER}\\tramdo-agent.mjs&quot; run</Arguments>`,
    );
  });

  it('reports every 15 minutes at the shift of the machine in scheduled mode, for 10 minutes at most', () => {
    expect(SCHEDULED).toContain('<StartBoundary>2000-01-01T00:01:01</StartBoundary>');
    expect(SCHEDULED).toContain('<Interval>PT15M</Interval>');
    expect(SCHEDULED).toContain('<RandomDelay>PT1M</RandomDelay>');
    expect(SCHEDULED).toContain('<ExecutionTimeLimit>PT10M</ExecutionTimeLimit>');
    expect(SCHEDULED).toContain('report --scheduled</Arguments>');
  });

  it('escapes what XML reads as its own', () => {
    const program = { ...PROGRAM, statePath: 'D:\\R&D <1>' };
    const xml = scheduledTaskXml({ program, mode: 'resident', splaySeconds: 0 });
    expect(xml).toContain('run --state &quot;D:\\R&amp;D &lt;1&gt;&quot;</Arguments>');
  });
});

describe('encodeTaskXml()', () => {
  it('writes UTF-16 little endian with a byte-order mark', () => {
    expect([...encodeTaskXml('<ă')]).toEqual([0xff, 0xfe, 0x3c, 0x00, 0x03, 0x01]);
  });
});

describe('quoteWindowsWord()', () => {
  it.each([
    { word: 'run', want: 'run' },
    { word: 'C:\\a b\\', want: '"C:\\a b\\\\"' },
    { word: 'say "hi"', want: '"say \\"hi\\""' },
    { word: 'a\\\\"b', want: '"a\\\\\\\\\\"b"' },
    { word: '', want: '""' },
  ])('writes $word as $want', ({ word, want }) => {
    expect(quoteWindowsWord(word)).toBe(want);
  });
});
