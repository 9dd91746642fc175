import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ErrorCode } from '#shared/errors.ts';
import type { LocalText } from '../../../catalogues/language.ts';
import type { RouteAccess } from '../../route-access.ts';
import type { ApiTag } from './api-tags.ts';

/** What a request costs the collector; each class has a limit of its own per account, token or address. */
export type RequestCost = 'read' | 'change' | 'heavy';

/** Parts of a request that a route reads, each by its schema; a part that is not named must be empty. */
export interface TakenParts extends z.core.$ZodShape {
  /** Of the path. */
  params?: z.ZodObject;
  /** A `strictObject`, so that a misspelled filter is refused and not ignored. */
  query?: z.ZodObject;
  /** JSON; a route with a content type parser of its own says {@link RouteDeclaration.mediaTypes}. */
  body?: z.ZodType;
}

/** A request that works on the example register (test/collector/http/api/example-register.ts); a test runs each one. */
export interface ApiExample {
  /** Short English name, unique within the route, letters and dashes. */
  readonly name: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  /** JSON, or the text of another media type. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Status it is answered with; that of the route when absent. */
  readonly status?: number;
}

/** What every route of the API says of itself. */
export interface RouteDeclaration<Taken extends TakenParts> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Behind `/api/v1`, as fastify writes it: `/agencies/:code`. */
  readonly path: string;
  /** operationId of the document: verb and noun, unique, never renamed (`listAgencies`). */
  readonly id: string;
  readonly tag: ApiTag;
  /** One sentence. */
  readonly summary: LocalText;
  readonly access: RouteAccess;
  readonly takes: Taken;
  /** Codes it answers with, beside those every route may give (problem-answers.ts). */
  readonly problems: readonly ErrorCode[];
  readonly examples: readonly ApiExample[];
  /** `read` for GET and `change` for the rest when absent. */
  readonly cost?: RequestCost;
  /** Largest body, bytes; the server's 16 KB when absent. */
  readonly maxBodyBytes?: number;
  /** Media types of the body when it is not JSON; the route's plugin adds the content type parsers. */
  readonly mediaTypes?: readonly string[];
}

/** A route that answers JSON. */
export interface ApiRoute<Taken extends TakenParts, Answer extends z.ZodType> extends RouteDeclaration<Taken> {
  /** 200 when absent; 204 goes with `answer: NO_CONTENT`. */
  readonly status?: 200 | 201 | 202 | 204;
  readonly answer: Answer;
  /** Gives a GET an ETag; for reads whose answer seldom changes. */
  readonly revalidates?: boolean;
  /** Fields that change though nothing else did, such as the instant of the answer: the ETag is made without them. */
  readonly tagWithout?: readonly string[];
  readonly handler: (call: ApiCall<Taken>) => Promise<z.output<Answer>>;
}

/** What a handler is given. Who asks is told by `principalOf(request)` and `scopedAgencies(request)`. */
export type ApiCall<Taken extends TakenParts> = z.output<z.ZodObject<Taken>> & {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
};

/** A file to be kept by whoever asked for it. */
export interface Download {
  readonly fileName: string;
  readonly mediaType: string;
  readonly content: Buffer | Readable;
  /** Hash or version of the content; gives the answer an ETag. */
  readonly version?: string;
}

/** A route that answers with a file. */
export interface DownloadRoute<Taken extends TakenParts> extends RouteDeclaration<Taken> {
  /** Media types it may answer with. */
  readonly gives: readonly string[];
  /** The file; undefined when the handler has answered by itself (`isUnchanged`). */
  readonly handler: (call: ApiCall<Taken>) => Promise<Download | undefined>;
}

/** `answer` of a route that answers 204. */
export const NO_CONTENT = z.undefined().describe('Done; there is nothing to say');
