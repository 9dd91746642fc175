import * as z from 'zod';
import { TramdoError } from '#shared/errors.ts';
import { parseJson } from '#shared/parse-json.ts';

/** A setting that an administrator may manage, or its bare value as older versions print it. */
const switchable = z.union([z.boolean(), z.object({ value: z.boolean() }).transform(({ value }) => value)]);

const health = z.object({
  appVersion: z.string().max(64).optional(),
  realTimeProtectionEnabled: switchable,
  passiveModeEnabled: switchable.default(false),
  definitionsStatus: z.union([z.string(), z.object({ $type: z.string() }).transform(({ $type }) => $type)]).optional(),
  definitionsUpdated: z.union([z.string(), z.number()]).optional(),
});

/** What Microsoft Defender says of itself. */
export interface MdatpHealth {
  readonly version?: string;
  /** Files are checked while they are used; passive mode is not protection. */
  readonly isProtecting: boolean;
  readonly signatures: 'up_to_date' | 'out_of_date' | 'unknown';
  /** When the signatures were renewed, epoch milliseconds. */
  readonly signaturesAtMs?: number;
}

/**
 * Reads what `mdatp health --output json` prints on Linux and macOS.
 *
 * @throws {TramdoError} OUTPUT_UNREADABLE when it is not that
 */
export function parseMdatpHealth(text: string): MdatpHealth {
  const parsed = health.safeParse(parseJson(text));
  if (!parsed.success) {
    throw new TramdoError('OUTPUT_UNREADABLE', 'Cannot understand mdatp health', { cause: parsed.error });
  }
  const { appVersion, realTimeProtectionEnabled, passiveModeEnabled, definitionsStatus, definitionsUpdated } =
    parsed.data;
  const signaturesAtMs = instantOf(definitionsUpdated);
  return {
    ...(appVersion === undefined ? {} : { version: appVersion }),
    isProtecting: realTimeProtectionEnabled && !passiveModeEnabled,
    signatures: signaturesOf(definitionsStatus),
    ...(signaturesAtMs === undefined ? {} : { signaturesAtMs }),
  };
}

function signaturesOf(status: string | undefined): MdatpHealth['signatures'] {
  if (status === 'upToDate' || status === 'up_to_date') return 'up_to_date';
  if (status === 'outOfDate' || status === 'out_of_date') return 'out_of_date';
  return 'unknown';
}

/** Epoch milliseconds as a number or its text; anything else is a date in the language of the machine. */
function instantOf(updated: string | number | undefined): number | undefined {
  const text = String(updated ?? '');
  return /^[1-9][0-9]{11,12}$/.test(text) ? Number(text) : undefined;
}
