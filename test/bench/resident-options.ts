/** With what a resident process of a weak PC starts a report, five hours after its own start. */
export const RESIDENT_OPTIONS: readonly string[] = [
  '--resident-since-ms',
  String(Date.now() - 18_000_000),
  '--resident-memory-bytes',
  '51806208',
];
