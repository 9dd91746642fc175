/** Longest text of the hardware observation, in characters. */
const MAX_LENGTH = 128;

/** What makers leave in a field they did not fill, lower case, letters and digits only. */
const PLACEHOLDERS = new Set([
  'assettag',
  'baseboardserialnumber',
  'chassisserialnumber',
  'chassismanufacturer',
  'chassisversion',
  'default',
  'defaultstring',
  'empty',
  'eval',
  'fillbyoem',
  'invalid',
  'na',
  'noassettag',
  'noassetinformation',
  'none',
  'notapplicable',
  'notavailable',
  'notdefined',
  'notprovided',
  'notset',
  'notspecified',
  'notsupportedbycpu',
  'null',
  'oem',
  'oemstring',
  'productname',
  'serial',
  'serialnumber',
  'serialnumberxxxxxx',
  'standard',
  'systemmanufacturer',
  'systemname',
  'systemproductname',
  'systemserialnumber',
  'systemversion',
  'tbd',
  'tbdbyodm',
  'tbdbyoem',
  'tobefilledbyodm',
  'tobefilledbyoem',
  'type1productconfigid',
  'type2boardserialnumber',
  'undefined',
  'unknow',
  'unknown',
]);

/** Text in which one character stands for all, as in `0000000` and `xxxxxxx`. */
const ONE_CHARACTER = /^(.)\1*$/;
/** `SerNum0`, `MB-1234567890`, `BSS-0123456789`: patterns of reference firmware. */
const REFERENCE_FIRMWARE = /^(?:sernum\d*|(?:mb|bss|bsn|eval)?0?123456(?:7(?:8(?:90?)?)?)?)$/;

/** Blanks, ASCII punctuation and what is no character; Unicode classes would cost a hundred times as much to compile. */
const PUNCTUATION = /[\s!-/:-@[-`{-~\uFFFD]+/g;

/** UUIDs that whole product lines share, lower case. */
const SHARED_UUIDS = new Set([
  '00020003-0004-0005-0006-000700080009',
  '03000200-0400-0500-0006-000700080009',
  '11111111-2222-3333-4444-555555555555',
  '12345678-1234-5678-90ab-cddeefaabbcc',
  'fefefefe-fefe-fefe-fefe-fefefefefefe',
]);

/**
 * Tells whether a serial number, name or UUID of the firmware says nothing about this one machine.
 *
 * Blank texts, placeholders (`To be filled by O.E.M.`, `Default string` …), one repeated character, counted digits and
 * UUIDs that whole product lines share are junk; upper and lower case, blanks and punctuation make no difference.
 */
export function isJunkSerial(text: string): boolean {
  const lower = text.trim().toLowerCase();
  if (SHARED_UUIDS.has(lower)) return true;
  const bare = lower.replace(PUNCTUATION, '');
  return bare === '' || PLACEHOLDERS.has(bare) || ONE_CHARACTER.test(bare) || REFERENCE_FIRMWARE.test(bare);
}

/** A text of the firmware as people write it: blanks folded, at most 128 characters; undefined when missing or junk. */
export function meaningful(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  // Firmware pads with NUL and other control characters, and its bytes need not be UTF-8.
  const folded = text.replace(/[\s\p{Cc}\uFFFD]+/gu, ' ').trim();
  return isJunkSerial(folded) ? undefined : folded.slice(0, MAX_LENGTH);
}
