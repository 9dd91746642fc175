import { TramdoError } from '#shared/errors.ts';
import type { PeriodDesk } from '../periods/period-desk.ts';
import { type OptionValues, textOption } from './command.ts';

const SEQ = /^[1-9][0-9]{0,8}$/;

/** Four digits that begin with 20 are a year. */
const YEAR = /^20[0-9]{2}$/;

/**
 * The number of the seal that an argument names: its number itself, or a period, whose newest seal of the set of
 * `--set` is meant; undefined when that period has none.
 *
 * @throws {TramdoError} PERIOD_INVALID, SEAL_UNKNOWN
 */
export async function sealNumberOf(desk: PeriodDesk, text: string, options: OptionValues): Promise<number | undefined> {
  if (SEQ.test(text) && !YEAR.test(text)) return Number(text);
  const setId = textOption(options, 'set');
  return (await desk.newest({ periodId: text, ...(setId === undefined ? {} : { setId }) }))?.seq;
}

/**
 * As {@link sealNumberOf}, for what only a sealed period can answer.
 *
 * @throws {TramdoError} PERIOD_INVALID, SEAL_UNKNOWN
 */
export async function requiredSealNumber(desk: PeriodDesk, text: string, options: OptionValues): Promise<number> {
  const seq = await sealNumberOf(desk, text, options);
  if (seq !== undefined) return seq;
  throw new TramdoError('SEAL_UNKNOWN', `Cannot find a seal of ${text}: look at "period list"`);
}
