import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzipSync } from 'node:zlib';
import * as z from 'zod';
import { enrolmentAnswer, enrolmentRequest } from './enrolment.ts';
import { messageOf, systemCodeOf, TramdoError } from './errors.ts';
import { instant } from './instant.ts';
import { parseJson } from './parse-json.ts';
import { machineId, probeIdText } from './report.ts';
import { type PublicJwk, publicJwk } from './signature.ts';

/** Bounds of a file that is carried by hand. */
export const CARRIED_LIMITS = {
  /** Largest file, in bytes. */
  fileBytes: 8_000_000,
  /** Largest content after decompression, in bytes. */
  unpackedBytes: 16_777_216,
  /** Most reports in one file: more than 35 days of one every 15 minutes. */
  reportCount: 4_096,
} as const;

const format = z.literal('tramdo-carried-1').describe('Every file that is carried by hand says so');
const detached = z.string().max(700).describe('Detached JWS; see shared/signature.ts');
const seq = z.int().positive();

/** A machine without a line asks to join. It holds the join token: whoever has the file can use it. */
export const joinRequestFile = z.strictObject({
  format,
  kind: z.literal('join-request'),
  madeAt: instant.describe("By the machine's clock"),
  request: enrolmentRequest,
});

/** One report as it would have been sent. */
const carriedReport = z.strictObject({
  seq,
  body: z.string().max(1_048_576).describe('The text that was signed, byte for byte as UTF-8'),
  signature: detached,
});

/** Every report of one machine that waits. `sentAt` of each is the instant at which it was queued. */
export const reportsFile = z.strictObject({
  format,
  kind: z.literal('reports'),
  machineId,
  madeAt: instant.describe("By the machine's clock"),
  reports: z.array(carriedReport).min(1).max(CARRIED_LIMITS.reportCount),
  seal: detached.describe('By the machine over reportsSeal(), so that nobody on the way takes a report out'),
});

/** What the collector says to a machine that asked to join; `body` is the text of a {@link joinAnswerBody}. */
export const joinAnswerFile = z.strictObject({
  format,
  kind: z.literal('join-answer'),
  body: z.string().max(1_048_576),
  signature: detached.describe("By the collector's key, which the body names"),
  proof: z
    .strictObject({
      publicKey: z.base64().max(2_000).describe('Of the TLS certificate, SubjectPublicKeyInfo (DER)'),
      signature: z.base64().max(2_000).describe('By that key over proofText()'),
    })
    .optional()
    .describe('Shows that whoever answers has the key that the pin of the join string names; absent without TLS'),
});

/** See {@link joinAnswerFile}. */
export const joinAnswerBody = z.object({
  kind: z.literal('join-answer'),
  publicKey: publicJwk.describe('Of the machine that asked'),
  answeredAt: instant,
  answer: enrolmentAnswer,
});

/** What the collector says to reports; `body` is the text of a {@link reportsAnswerBody}. */
export const reportsAnswerFile = z.strictObject({
  format,
  kind: z.literal('reports-answer'),
  body: z.string().max(1_048_576),
  signature: detached.describe("By the collector's key"),
  plan: z
    .strictObject({ body: z.string().max(1_048_576), signature: detached })
    .describe('The plan in force, as an agent with a line gets it'),
});

/** See {@link reportsAnswerFile}. */
export const reportsAnswerBody = z.object({
  kind: z.literal('reports-answer'),
  machineId,
  publicKey: publicJwk.describe('Of the machine; one that joined again since counts its reports anew'),
  answeredAt: instant,
  acknowledged: z.array(seq).max(CARRIED_LIMITS.reportCount).describe('Reports that are on the disk of the collector'),
  refused: z
    .array(z.object({ seq, code: z.string().max(64) }))
    .max(CARRIED_LIMITS.reportCount)
    .describe('Reports that will never be taken'),
  resend: z.array(probeIdText).max(128).describe('Probes whose body the collector lacks'),
  planVersion: z.string().max(64),
});

/** Any file that is carried by hand. */
export const carriedFile = z.discriminatedUnion('kind', [
  joinRequestFile,
  reportsFile,
  joinAnswerFile,
  reportsAnswerFile,
]);

/** See {@link carriedFile}. */
export type CarriedFile = z.infer<typeof carriedFile>;

/** See {@link joinRequestFile}. */
export type JoinRequestFile = z.infer<typeof joinRequestFile>;

/** See {@link reportsFile}. */
export type ReportsFile = z.infer<typeof reportsFile>;

/** See {@link joinAnswerFile}. */
export type JoinAnswerFile = z.infer<typeof joinAnswerFile>;

/** See {@link reportsAnswerFile}. */
export type ReportsAnswerFile = z.infer<typeof reportsAnswerFile>;

/** What a machine signs over its whole file: which reports there are, and their signatures, which cover their texts. */
export function reportsSeal({ machineId: id, madeAt, reports }: Omit<ReportsFile, 'seal'>): Buffer {
  const list = reports.map((report) => [report.seq, report.signature]);
  return Buffer.from(JSON.stringify(['tramdo-reports-file', id, madeAt, list]));
}

/** What the key of the TLS certificate signs over the answer to a machine that joins. */
export function proofText(body: string): Buffer {
  return Buffer.from(`tramdo join answer, carried by hand\n${body}`);
}

/** A public key for people who compare it by eye: 96 bits of its thumbprint (RFC 7638), as six groups of four. */
export function keyWords({ kty, crv, x, y }: PublicJwk): string {
  const thumbprint = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('hex');
  return thumbprint.slice(0, 24).replaceAll(/(.{4})(?=.)/g, '$1-');
}

/** The bytes of a file: JSON, compressed with gzip. */
export function packCarriedFile(file: CarriedFile): Buffer {
  return gzipSync(Buffer.from(JSON.stringify(file)), { level: 9 });
}

const inflate = promisify(gunzip);

/**
 * Reads a file that was carried by hand, compressed or not; however small, it never fills the memory.
 *
 * @throws {TramdoError} BODY_TOO_LARGE, CARRIED_FILE_INVALID
 */
export async function readCarriedFile(bytes: Uint8Array): Promise<CarriedFile> {
  const parsed = carriedFile.safeParse(parseJson((await unpack(bytes)).toString('utf8')));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? '' : ` at "${issue.path.map(String).join('.')}"`;
  throw new TramdoError(
    'CARRIED_FILE_INVALID',
    `Cannot use the file as it is none that tramdo wrote to be carried by hand, or is damaged${where.slice(0, 120)}`,
  );
}

async function unpack(bytes: Uint8Array): Promise<Buffer> {
  if (bytes.length > CARRIED_LIMITS.fileBytes) throw tooLarge(CARRIED_LIMITS.fileBytes);
  const isCompressed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!isCompressed) return Buffer.from(bytes);
  try {
    return await inflate(bytes, { maxOutputLength: CARRIED_LIMITS.unpackedBytes });
  } catch (error) {
    if (systemCodeOf(error) === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(CARRIED_LIMITS.unpackedBytes, error);
    throw new TramdoError('CARRIED_FILE_INVALID', `Cannot decompress the file, it is damaged: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

function tooLarge(maxBytes: number, cause?: unknown): TramdoError {
  return new TramdoError('BODY_TOO_LARGE', `Cannot take a file of more than ${maxBytes} bytes`, { cause });
}
