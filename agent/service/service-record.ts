import * as z from 'zod';
import { parseJson } from '#shared/parse-json.ts';

const serviceRecord = z.object({
  mode: z.enum(['resident', 'scheduled']),
  isAsked: z.boolean().describe('Somebody chose the mode, so that an upgrade keeps it'),
});

/** How the service was installed: what an upgrade keeps, and what `status` and `doctor` compare with. */
export type ServiceRecord = z.infer<typeof serviceRecord>;

/** Reads the text of the file; undefined when there is none or it is damaged. */
export function parseServiceRecord(text: string | undefined): ServiceRecord | undefined {
  return serviceRecord.safeParse(parseJson(text ?? '')).data;
}
