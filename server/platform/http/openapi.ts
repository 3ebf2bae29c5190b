import { z } from 'zod'
import { problem, type Route } from '../../../contract/route.ts'

/** The OpenAPI 3.1 document, printed from the contract's routes. */
export function openapi(routes: Route[], version: string): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] ??= {}
    paths[path][route.method.toLowerCase()] = operation(route)
  }
  return {
    openapi: '3.1.0',
    info: {
      title: '质环 Zhihuan',
      version,
      description:
        '售后服务质量监测与改进 · After-sales service quality: measured, scored, explained, improved.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ session: [] }, { key: [] }],
    paths,
    components: {
      schemas: { Problem: schema(problem) },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'zhihuan_session' },
        key: { type: 'http', scheme: 'bearer' },
      },
    },
  }
}

function operation(route: Route): object {
  const refusals = route.refusals.length > 0 ? ` · ${route.refusals.join(', ')}` : ''
  return {
    operationId: route.name,
    summary: `${route.summary.zh} · ${route.summary.en}`,
    parameters: [...parameters('path', route.params), ...parameters('query', route.query)],
    ...(route.method !== 'GET' && route.takes === 'json'
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schema(route.body, 'input') } },
          },
        }
      : {}),
    ...(route.takes === 'file'
      ? {
          requestBody: {
            required: true,
            content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
          },
        }
      : {}),
    responses: {
      [route.status]: { description: route.summary.en, content: content(route) },
      default: {
        description: `RFC 9457${refusals}`,
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

const content = (route: Route): object => {
  if (route.sends === 'events') return { 'text/event-stream': { schema: { type: 'string' } } }
  if (route.sends === 'file')
    return { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
  return { 'application/json': { schema: schema(route.reply, 'output') } }
}

interface ObjectSchema {
  properties?: Record<string, { description?: string }>
  required?: string[]
}

function parameters(place: 'path' | 'query', type: z.ZodType): object[] {
  const { properties = {}, required = [] } = schema(type, 'input') as ObjectSchema
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }))
}

function schema(type: z.ZodType, io: 'input' | 'output' = 'output'): object {
  const { $schema: _, ...rest } = z.toJSONSchema(type, { io, unrepresentable: 'any' }) as Record<
    string,
    unknown
  >
  return rest
}
