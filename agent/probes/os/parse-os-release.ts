import { parseAssignments } from '../parse-assignments.ts';

/** What os-release(5) says of the system. */
export interface OsRelease {
  /** `ID`; `linux` when it is not set, as os-release(5) wants it. */
  readonly id: string;
  /** `PRETTY_NAME`, or `NAME` with its version. */
  readonly name: string;
  /** `VERSION_ID`: what life-cycle catalogues know; empty for rolling systems. */
  readonly version: string;
  /** `VARIANT_ID`, where one system comes in several editions. */
  readonly edition?: string;
}

/** Reads `/etc/os-release`; an empty text gives the defaults of os-release(5). */
export function parseOsRelease(text: string): OsRelease {
  const fields = parseAssignments(text);
  const value = (name: string) => {
    const found = fields.get(name)?.trim();
    return found === undefined || found === '' ? undefined : found;
  };
  const version = value('VERSION_ID') ?? '';
  const edition = value('VARIANT_ID')?.slice(0, 64);
  return {
    id: (value('ID') ?? 'linux').toLowerCase().slice(0, 64),
    name: (value('PRETTY_NAME') ?? `${value('NAME') ?? 'Linux'} ${version}`.trim()).slice(0, 128),
    version: version.slice(0, 64),
    ...(edition === undefined ? {} : { edition }),
  };
}
