/** How loud a failure is in the log: `error` means that someone must act, `debug` that nobody needs to know. */
export type ErrorLevel = 'error' | 'warn' | 'info' | 'debug';

/** One row of the catalogue. */
export interface ErrorEntry {
  /** What it means, one sentence. */
  readonly meaning: string;
  /** What the reader can do about it, one sentence. */
  readonly remedy: string;
  /** HTTP status when the collector answers with it. */
  readonly status: number;
  readonly level: ErrorLevel;
}

function entry(status: number, level: ErrorLevel, meaning: string, remedy: string): ErrorEntry {
  return { status, level, meaning, remedy };
}

/**
 * Every failure the world can cause, by its code, in code-point order. ERRORS.md is printed from this table, and
 * `error-reply.ts` reads status and log level from it.
 */
export const ERROR_CATALOGUE = {
  ADDRESS_IN_USE: entry(
    500,
    'error',
    'The listen address is taken.',
    'Stop the other program or choose another `listen`.',
  ),
  ADMINISTRATOR_NEEDED: entry(
    403,
    'info',
    'Services of a machine are changed by its administrator.',
    'Run the command as root, or in a console of an administrator.',
  ),
  AGENCY_EXISTS: entry(409, 'info', 'The agency code is in the register already.', 'Use `agency set` to change it.'),
  AGENCY_INVALID: entry(400, 'info', 'A field of the agency is not allowed.', 'Correct the field that is named.'),
  AGENCY_UNKNOWN: entry(404, 'info', 'The register has no such agency.', 'Look at `agency list`.'),
  AUTHENTICATION_REQUIRED: entry(
    401,
    'info',
    'The route needs a credential.',
    'Send the token of `metricsToken` as a bearer.',
  ),
  BODY_TOO_LARGE: entry(
    413,
    'warn',
    'The body is larger than the route allows.',
    'Update the agent; it never sends as much.',
  ),
  CATALOGUE_INVALID: entry(500, 'error', 'A catalogue file is not valid.', 'Correct the row that is named.'),
  CERTIFICATE_UNTRUSTED: entry(
    502,
    'error',
    'No trusted authority vouches for the certificate of the collector.',
    'Find out who answers there; give an authority of your own with `--ca-file`.',
  ),
  COLLECTOR_BUSY: entry(
    503,
    'warn',
    'The collector has more reports waiting than it can take.',
    'Nothing: agents come back.',
  ),
  COLLECTOR_REFUSED: entry(502, 'warn', 'The collector answered with a refusal.', 'Read the code in the message.'),
  COLLECTOR_UNREACHABLE: entry(
    503,
    'warn',
    'No connection to the collector.',
    'Check the name, the line and the firewall.',
  ),
  COMMAND_FAILED: entry(
    500,
    'warn',
    'A command of the closed list ended with an error.',
    'Run it by hand on that machine.',
  ),
  COMMAND_KILLED: entry(500, 'warn', 'A command was ended by a signal.', 'See what killed it on that machine.'),
  COMMAND_MISSING: entry(
    500,
    'info',
    'A command of the closed list is not installed.',
    'Install it or accept `unknown`.',
  ),
  COMMAND_TIMED_OUT: entry(
    500,
    'warn',
    'A command did not end in time and was killed.',
    'Run it by hand on that machine.',
  ),
  CONFIG_INVALID: entry(500, 'error', 'A setting is not allowed.', 'Correct the key that is named.'),
  DATA_CORRUPT: entry(500, 'error', 'A data file cannot be read as what it should be.', 'Restore it from a backup.'),
  DATA_FOLDER_UNUSABLE: entry(
    500,
    'error',
    'The data folder cannot be written.',
    'Give the account the right to write.',
  ),
  DISK_FULL: entry(
    503,
    'error',
    'There is no space left for what must be kept.',
    'Free space; nothing acknowledged is lost.',
  ),
  HOST_FILE_DENIED: entry(
    500,
    'warn',
    'The agent may not read a file or socket.',
    'Run the agent as its service account.',
  ),
  HOST_READ_FAILED: entry(
    500,
    'warn',
    'A file or socket of the machine cannot be read.',
    'Look at the path that is named.',
  ),
  IDENTITY_INVALID: entry(500, 'error', 'The key file of the agent is damaged.', 'Join again with a new join string.'),
  INTERNAL: entry(500, 'error', 'A fault of the program itself.', 'Report it with the log line.'),
  JOIN_STRING_INVALID: entry(400, 'info', 'The join string is not complete.', 'Copy the whole line again.'),
  MACHINE_RETIRED: entry(401, 'info', 'The machine was retired.', 'Join again if it is back in use.'),
  MACHINE_UNKNOWN: entry(401, 'warn', 'No machine has this id.', 'Join the machine to this collector.'),
  MEDIA_TYPE_UNSUPPORTED: entry(
    415,
    'info',
    'The body is of a type or encoding the route does not read.',
    'Send JSON, plain or compressed with gzip or zstd.',
  ),
  NOT_FOUND: entry(404, 'debug', 'There is nothing at this address.', 'Look at the list of routes in the README.'),
  NOT_JOINED: entry(
    409,
    'info',
    'The agent has not joined a collector.',
    'Run `tramdo-agent join` with a join string.',
  ),
  OBSERVATION_INVALID: entry(400, 'warn', 'An observation does not fit its schema.', 'Update the agent.'),
  OBSERVATION_SKIPPED: entry(
    500,
    'info',
    'A probe failed three times in a row and rests for 24 hours.',
    'Read its last failure.',
  ),
  OUTPUT_TOO_LARGE: entry(500, 'warn', 'A command or file gave more than the bound.', 'Look at it on that machine.'),
  OUTPUT_UNREADABLE: entry(
    500,
    'warn',
    'The text of a command or file is not what was expected.',
    'Send it with `capture-host`.',
  ),
  PACKAGE_INVALID: entry(
    500,
    'error',
    'An installer is not the file that `packages.json` names.',
    'Copy the whole output of `npm run package` into the folder of `packages` again.',
  ),
  PACKAGE_MISSING: entry(
    404,
    'info',
    'The collector has no such installer.',
    'Put the output of `npm run package` into the folder of `packages`.',
  ),
  PIN_MISMATCH: entry(
    502,
    'error',
    'The certificate is not the one the join string trusts.',
    'Find out who answers there; a machine that slept through a change of the certificate leaves and joins again.',
  ),
  PLAN_INVALID: entry(502, 'error', 'The plan is not signed by the collector that was joined.', 'Join again.'),
  PROBE_CRASHED: entry(500, 'error', 'A fault of a probe itself.', 'Report it with the message.'),
  PROBE_TIMED_OUT: entry(500, 'warn', 'A probe did not end before its deadline.', 'Look at what it waits for.'),
  PROXY_REFUSED: entry(
    502,
    'warn',
    'The proxy does not open the way to the collector.',
    'Ask whoever runs the proxy, or set another one with `tramdo-agent proxy`.',
  ),
  RANGE_UNSATISFIABLE: entry(416, 'debug', 'The file has no such part.', 'Ask for the whole file.'),
  RATE_LIMITED: entry(429, 'info', 'Too many requests from one address.', 'Wait as long as `Retry-After` says.'),
  RELEASE_INVALID: entry(
    502,
    'error',
    'A release of the agent is not what the owner of the release key signed.',
    'Find out who offers it; the agent goes on as it is.',
  ),
  RELEASE_UNKNOWN: entry(404, 'info', 'The collector has no such release.', 'Look at `release list`.'),
  REPORT_INVALID: entry(400, 'warn', 'The report is not a valid document.', 'Update the agent.'),
  REQUEST_INVALID: entry(
    400,
    'info',
    'The request does not fit the schema of the route.',
    'Correct the field that is named.',
  ),
  SIGNATURE_INVALID: entry(401, 'warn', 'The signature does not fit the body and the key.', 'Join the machine again.'),
  STATE_LOCKED: entry(409, 'info', 'Another run of the agent is at work.', 'Wait until it ends.'),
  STORE_UNAVAILABLE: entry(
    503,
    'error',
    'The database does not answer.',
    'Bring it back; agents come back by themselves.',
  ),
  TOKEN_INVALID: entry(
    401,
    'warn',
    'The join token is unknown, expired, used up or revoked.',
    'Make a new one with `token create`.',
  ),
  USAGE: entry(400, 'info', 'The command line is not understood.', 'Run the command with `--help`.'),
} as const satisfies Record<string, ErrorEntry>;

/** A code of {@link ERROR_CATALOGUE}. */
export type ErrorCode = keyof typeof ERROR_CATALOGUE;

/** Tells whether a text from outside is a code of the catalogue. */
export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(ERROR_CATALOGUE, text);
}

/** A failure the world can cause: a code for programs, a message with action and value for people. */
export class TramdoError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TramdoError';
    this.code = code;
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The system's code of a failed call (`ENOENT`, `ECONNREFUSED` …); undefined when there is none. */
export function systemCodeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
