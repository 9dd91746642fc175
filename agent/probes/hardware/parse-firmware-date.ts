/**
 * Turns the release date of the firmware (SMBIOS 7.1: `mm/dd/yyyy`, or `mm/dd/yy` for 19yy) into `yyyy-mm-dd`.
 *
 * Undefined for anything that is not a day of the calendar.
 */
export function parseFirmwareDate(text: string): string | undefined {
  const [, month, day, year] = /^\s*(\d{2})\/(\d{2})\/(\d{4}|\d{2})\s*$/.exec(text) ?? [];
  if (month === undefined || day === undefined || year === undefined) return undefined;
  const date = `${year.length === 2 ? `19${year}` : year}-${month}-${day}`;
  const instantMs = Date.parse(`${date}T00:00:00.000Z`);
  // Date.parse takes 31 February for 3 March.
  return Number.isNaN(instantMs) || !new Date(instantMs).toISOString().startsWith(date) ? undefined : date;
}
