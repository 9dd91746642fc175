import * as z from 'zod';

/** Instant on the wire: RFC 3339, UTC, ending in `Z`. */
export const instant = z.iso.datetime().max(32);
