import { assertNever } from '#shared/assert-never.ts';
import type { Observation } from '#shared/observations/index.ts';
import type { ReasonCode } from './reasons.ts';
import { reason } from './reasons.ts';
import type { Judgement } from './rule.ts';

/** What to say of a setting. */
export interface SettingTexts {
  /** Name of the setting, for the reason when it could not be read. */
  readonly setting: string;
  readonly off: ReasonCode;
  readonly on: ReasonCode;
}

/** Judges a setting that must be off. */
export function judgeSetting(value: Observation<'hardening'>['smb1'], texts: SettingTexts): Judgement {
  switch (value) {
    case 'off':
      return { verdict: 'pass', reason: reason(texts.off) };
    case 'on':
      return { verdict: 'fail', reason: reason(texts.on) };
    case 'not_applicable':
      return { verdict: 'not_applicable', reason: reason('setting_not_applicable') };
    case 'unknown':
      return { verdict: 'unknown', reason: reason('setting_unknown', { setting: texts.setting }) };
    default:
      return assertNever(value);
  }
}
