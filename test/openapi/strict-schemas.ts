import { type OpenAPIObject } from '@nestjs/swagger';
import { Ajv, type ValidateFunction } from 'ajv';
import * as formats from 'ajv-formats';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = Readonly<Record<string, Json>>;

/**
 * The schemas of an OpenAPI 3.0 document as JSON Schema, strict about what is not documented: an object with
 * properties has no others, unless it says so.
 */
export function strictSchemas(document: OpenAPIObject): (name: string) => ValidateFunction {
  const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false });
  // As the package is CommonJS, its function may be one level down.
  const addFormats = (formats as unknown as { default: { default?: unknown } }).default;
  const add = (addFormats.default ?? addFormats) as (instance: Ajv) => void;
  add(ajv);
  const schemas = toStrict((document.components?.schemas ?? {}) as unknown as Json) as JsonObject;
  ajv.addVocabulary(['components']);
  ajv.addSchema({ $id: 'openapi', components: { schemas } });
  return (name) => {
    const validate = ajv.getSchema(`openapi#/components/schemas/${name}`);
    if (!validate) throw new Error(`There is no schema ${name}.`);
    return validate;
  };
}

function toStrict(schema: Json): Json {
  if (Array.isArray(schema)) return (schema as readonly Json[]).map(toStrict);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { nullable, example: _example, ...rest } = schema as JsonObject;
  const inner = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, toStrict(value)]));
  const isClosed = 'properties' in inner && !('additionalProperties' in inner);
  const strict = isClosed ? { ...inner, additionalProperties: false } : inner;
  return nullable === true ? { anyOf: [strict, { type: 'null' }] } : strict;
}
