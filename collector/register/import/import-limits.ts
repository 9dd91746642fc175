/**
 * Largest file, in bytes. An asset list of 30,000 machines is about 6 MB as CSV; whoever has more sends it in parts.
 */
export const MAX_FILE_BYTES = 32 * 1_024 * 1_024;

/** Most rows of one table in a file: three times the machines of the largest province. */
export const MAX_ROW_COUNT = 100_000;

/** Most lines of a CSV file, empty ones included: as many as a sheet of Excel has, which saves them all at times. */
export const MAX_LINE_COUNT = 1_048_576;

/** Most columns of a table; the widest one has 17. */
export const MAX_COLUMN_COUNT = 100;

/** Most characters of one cell; the longest field, a source, may have 500. */
export const MAX_CELL_LENGTH = 2_000;

/** Most bytes of one CSV record: a quote that is never closed would otherwise make the rest of the file one cell. */
export const MAX_RECORD_BYTES = 256 * 1_024;

/** Most problems and warnings that are kept with their texts; all are counted. Nobody mends more at one sitting. */
export const MAX_KEPT_PROBLEMS = 200;

/** Most bytes that the parts of a workbook may have when inflated; a full asset list of 30,000 machines has about 20 MB. */
export const MAX_INFLATED_BYTES = 128 * 1_024 * 1_024;

/** Most parts of a workbook; one with a picture on every sheet has some hundred. */
export const MAX_PART_COUNT = 1_000;

/** Most sheets that are looked at. */
export const MAX_SHEET_COUNT = 32;

/** Most heap that reading a workbook may take, in mebibytes; the reader's thread ends beyond it, nothing else does. */
export const MAX_WORKBOOK_HEAP_MIB = 768;

/** Longest that reading a workbook may take, in milliseconds. */
export const MAX_WORKBOOK_MS = 30_000;
