import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import { asyncApi } from '@deskbell/contract/schemas'

/** Differs from the policy of other pages: the reference page has inline styles. */
const referencePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** Serves the OpenAPI and AsyncAPI descriptions, made from the contract's schemas, and a page to read them. */
export async function docsRoutes(
  app: FastifyInstance,
  cookieName: string,
  serverUrl: string,
): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Deskbell',
        version: '1',
        description:
          'The HTTP interface of the help desk. Every refusal has the shape of the schema Error. ' +
          'A call that makes something answers 201, with its path in the header Location if it can be read. ' +
          'With a person’s id in the header Deskbell-Person, a call is refused when someone else is signed in.',
      },
      components: {
        securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: cookieName } },
      },
      security: [{ session: [] }],
    },
    transform: jsonSchemaTransform,
  })
  await app.register(swaggerUi, { routePrefix: '/api/docs', staticCSP: referencePolicy })
  app.get('/api/openapi.json', { schema: { hide: true } as object }, () => app.swagger())
  app.get('/api/asyncapi.json', { schema: { hide: true } as object }, () => asyncApi(serverUrl))
}
