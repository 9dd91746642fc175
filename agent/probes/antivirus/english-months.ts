/** Months as asctime(3) and ClamAV's databases write them, whatever the language of the machine. */
export const ENGLISH_MONTHS: readonly string[] = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
];
