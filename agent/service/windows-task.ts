import { escapeXml } from './escape-xml.ts';
import {
  SCHEDULED_INTERVAL_SECONDS,
  type ServiceMode,
  type ServiceProgram,
  serviceArguments,
} from './service-program.ts';

/** Path of the scheduled task in Windows. */
export const TASK_NAME = '\\tramdo-agent';

/** What the task is made of. */
export interface ScheduledTaskOptions {
  readonly program: ServiceProgram;
  readonly mode: ServiceMode;
  /**
   * Shift of this machine within the 15 minutes of scheduled mode, in seconds; chosen once, at installation, so that
   * a province does not report in one second. Resident agents have a shift of their own.
   */
  readonly splaySeconds: number;
}

/**
 * Text of the scheduled task, for `schtasks.exe /create /xml` (Task Scheduler schema 1.2, [MS-TSCH] section 2.5).
 *
 * Elements of a trigger stand in the order of the published schema (`triggerBaseType` and what extends it are
 * sequences); everything that is left out has the schema's default. The file must be written by {@link encodeTaskXml}.
 *
 * Restart on failure is for a task that cannot be started; a process that ended is started again by the repetition,
 * which does nothing while the process runs (`IgnoreNew`).
 */
export function scheduledTaskXml({ program, mode, splaySeconds }: ScheduledTaskOptions): string {
  const isResident = mode === 'resident';
  const words = serviceArguments(program, mode).map(quoteWindowsWord).join(' ');
  return [
    '<?xml version="1.0" encoding="UTF-16"?>',
    '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">',
    '  <RegistrationInfo>',
    '    <Description>tramdo agent: reports this machine to the collector of its agency</Description>',
    `    <URI>${TASK_NAME}</URI>`,
    '  </RegistrationInfo>',
    ...(isResident ? RESIDENT_TRIGGERS : scheduledTriggers(splaySeconds)),
    ...PRINCIPALS,
    ...settings(isResident ? 'PT0S' : 'PT10M'),
    '  <Actions Context="System">',
    '    <Exec>',
    `      <Command>${escapeXml(quoteWindowsWord(program.nodePath))}</Command>`,
    `      <Arguments>${escapeXml(words)}</Arguments>`,
    '    </Exec>',
    '  </Actions>',
    '</Task>',
    '',
  ].join('\r\n');
}

/** Bytes of the file that schtasks.exe reads: UTF-16, little endian, with a byte-order mark. */
export function encodeTaskXml(xml: string): Buffer {
  return Buffer.from(`\ufeff${xml}`, 'utf16le');
}

// A boundary long ago: a trigger sleeps until it, and the clock of a PC whose battery is flat starts years back.
const RESIDENT_TRIGGERS = [
  '  <Triggers>',
  '    <BootTrigger>',
  '      <Delay>PT30S</Delay>',
  '    </BootTrigger>',
  '    <TimeTrigger>',
  '      <StartBoundary>2000-01-01T00:00:00</StartBoundary>',
  '      <Repetition>',
  '        <Interval>PT5M</Interval>',
  '      </Repetition>',
  '    </TimeTrigger>',
  '  </Triggers>',
];

function scheduledTriggers(splaySeconds: number): readonly string[] {
  const shift = Math.floor(splaySeconds) % SCHEDULED_INTERVAL_SECONDS;
  const clock = [Math.floor(shift / 60), shift % 60].map((part) => String(part).padStart(2, '0')).join(':');
  return [
    '  <Triggers>',
    '    <BootTrigger>',
    '      <Delay>PT2M</Delay>',
    '    </BootTrigger>',
    '    <TimeTrigger>',
    `      <StartBoundary>2000-01-01T00:${clock}</StartBoundary>`,
    '      <Repetition>',
    `        <Interval>PT${SCHEDULED_INTERVAL_SECONDS / 60}M</Interval>`,
    '      </Repetition>',
    '      <RandomDelay>PT1M</RandomDelay>',
    '    </TimeTrigger>',
    '  </Triggers>',
  ];
}

/** LocalSystem by its SID: its name is translated. */
const PRINCIPALS = [
  '  <Principals>',
  '    <Principal id="System">',
  '      <UserId>S-1-5-18</UserId>',
  '      <RunLevel>HighestAvailable</RunLevel>',
  '    </Principal>',
  '  </Principals>',
];

/** Priority 7 is below normal for the processor and low for the disk (Task Scheduler schema, `priority`). */
function settings(timeLimit: string): readonly string[] {
  return [
    '  <Settings>',
    '    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>',
    '    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>',
    '    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>',
    '    <AllowHardTerminate>true</AllowHardTerminate>',
    '    <StartWhenAvailable>true</StartWhenAvailable>',
    '    <RunOnlyIfNetworkAvailable>false</RunOnlyIfNetworkAvailable>',
    '    <IdleSettings>',
    '      <StopOnIdleEnd>false</StopOnIdleEnd>',
    '      <RestartOnIdle>false</RestartOnIdle>',
    '    </IdleSettings>',
    '    <AllowStartOnDemand>true</AllowStartOnDemand>',
    '    <Enabled>true</Enabled>',
    '    <Hidden>false</Hidden>',
    '    <RunOnlyIfIdle>false</RunOnlyIfIdle>',
    '    <WakeToRun>false</WakeToRun>',
    `    <ExecutionTimeLimit>${timeLimit}</ExecutionTimeLimit>`,
    '    <Priority>7</Priority>',
    '    <RestartOnFailure>',
    '      <Interval>PT1M</Interval>',
    '      <Count>3</Count>',
    '    </RestartOnFailure>',
    '  </Settings>',
  ];
}

/**
 * One word of a Windows command line as the C runtime takes it apart ("Parsing C++ command-line arguments"): backslashes
 * before a quotation mark are doubled, elsewhere they stand for themselves.
 */
export function quoteWindowsWord(word: string): string {
  if (word !== '' && !/[\s"]/.test(word)) return word;
  return `"${word.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
}
