import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { messageOf, TramdoError } from '#shared/errors.ts';

/** Path of a file in the customer's folder; undefined without a folder, or when the file does not lie there. */
export function customFile(file: string, folder: string | undefined): string | undefined {
  const path = folder === undefined ? undefined : join(folder, file);
  return path !== undefined && existsSync(path) ? path : undefined;
}

/** Paths of the JSON files of a folder, sorted by name; none when there is no such folder. */
export function jsonFilesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => join(folder, name));
}

/**
 * Reads a file that a customer may have written.
 *
 * @throws {TramdoError} CATALOGUE_INVALID, which names file, row and key
 */
export function readCatalogueFile<Schema extends z.ZodType>(schema: Schema, path: string): z.infer<Schema> {
  const parsed = schema.safeParse(readJson(path));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalidCatalogue(path, issue === undefined ? 'it does not fit its schema' : describeIssue(issue));
}

/** A refusal of a catalogue file; `why` names row and key. */
export function invalidCatalogue(path: string, why: string, cause?: unknown): TramdoError {
  return new TramdoError('CATALOGUE_INVALID', `Cannot use the catalogue "${path}" as ${why}`, { cause });
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw invalidCatalogue(path, `it is not readable as JSON (${messageOf(error)})`, error);
  }
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const row = issue.path.findIndex((step) => typeof step === 'number');
  const rowText = row < 0 ? '' : `row ${Number(issue.path[row]) + 1}, `;
  const key = issue.path.slice(row + 1).join('.');
  return `${rowText}key "${key === '' ? issue.path.join('.') : key}" is not allowed: ${issue.message}`;
}
