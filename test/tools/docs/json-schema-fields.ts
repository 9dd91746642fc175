import { z } from 'zod';

/** One field of a schema, as a document shows it. */
export interface SchemaField {
  /** Path within the value: `disks[].sizeBytes`. */
  readonly path: string;
  /** Type in words, with allowed values. */
  readonly type: string;
  readonly isOptional: boolean;
  /** Text of `.describe()`; empty when the schema says nothing. */
  readonly description: string;
  /** JSON text of the default; absent when there is none. */
  readonly defaultText?: string;
}

interface JsonSchema {
  readonly type?: string | undefined;
  readonly description?: string | undefined;
  readonly format?: string | undefined;
  readonly enum?: readonly unknown[] | undefined;
  readonly const?: unknown;
  readonly default?: unknown;
  readonly required?: readonly string[] | undefined;
  readonly properties?: Readonly<Record<string, JsonSchema>> | undefined;
  readonly items?: JsonSchema | undefined;
  readonly anyOf?: readonly JsonSchema[] | undefined;
  readonly oneOf?: readonly JsonSchema[] | undefined;
  readonly additionalProperties?: JsonSchema | undefined;
  readonly minimum?: number | undefined;
  readonly exclusiveMinimum?: number | undefined;
  readonly maximum?: number | undefined;
}

const jsonSchema: z.ZodType<JsonSchema> = z.lazy(() =>
  z.object({
    type: z.string().optional(),
    description: z.string().optional(),
    format: z.string().optional(),
    enum: z.array(z.unknown()).optional(),
    const: z.unknown().optional(),
    default: z.unknown().optional(),
    required: z.array(z.string()).optional(),
    properties: z.record(z.string(), jsonSchema).optional(),
    items: jsonSchema.optional().catch(undefined),
    anyOf: z.array(jsonSchema).optional(),
    oneOf: z.array(jsonSchema).optional(),
    additionalProperties: jsonSchema.optional().catch(undefined),
    minimum: z.number().optional(),
    exclusiveMinimum: z.number().optional(),
    maximum: z.number().optional(),
  }),
);

/** The fields of an object schema, nested ones right after their parent, in the order of the schema. */
export function schemaFields(schema: z.ZodType): SchemaField[] {
  // `any` as a word of the option: what JSON cannot say (a refinement, a transform) is left out of the document.
  const printed = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return fieldsOf(jsonSchema.parse(printed), '');
}

function fieldsOf(schema: JsonSchema, parent: string): SchemaField[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const path = parent === '' ? name : `${parent}.${name}`;
    const row: SchemaField = {
      path,
      type: typeText(field),
      isOptional: schema.required?.includes(name) !== true,
      description: field.description ?? '',
      ...(field.default === undefined ? {} : { defaultText: JSON.stringify(field.default) }),
    };
    return [row, ...fieldsOf(field, path), ...itemFields(field, path)];
  });
}

function itemFields({ items, additionalProperties }: JsonSchema, path: string): SchemaField[] {
  return [
    ...(items === undefined ? [] : fieldsOf(items, `${path}[]`)),
    ...(additionalProperties === undefined ? [] : fieldsOf(additionalProperties, `${path}.*`)),
  ];
}

function typeText(schema: JsonSchema): string {
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${String(value)}\``).join(', ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return [...new Set(choices.map(typeText))].join(' or ');
  if (schema.type === 'array') return `list of ${schema.items === undefined ? 'values' : typeText(schema.items)}`;
  if (schema.type === 'string') return schema.format === undefined ? 'text' : (FORMATS[schema.format] ?? 'text');
  if (schema.type === 'integer' || schema.type === 'number') return numberText(schema);
  return schema.type === 'boolean' ? 'yes or no' : (schema.type ?? 'any value');
}

const FORMATS: Readonly<Record<string, string>> = { 'date-time': 'instant', date: 'date', uri: 'URL', uuid: 'UUID' };

function numberText({ type, minimum, exclusiveMinimum, maximum }: JsonSchema): string {
  const word = type === 'integer' ? 'whole number' : 'number';
  const above = exclusiveMinimum === undefined ? undefined : `above ${exclusiveMinimum}`;
  const from = minimum === undefined || minimum === Number.MIN_SAFE_INTEGER ? undefined : `from ${minimum}`;
  const to = maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? undefined : `to ${maximum}`;
  return [word, above, from, to].filter((part) => part !== undefined).join(' ');
}
