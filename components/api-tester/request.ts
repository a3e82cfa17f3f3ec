import { z } from 'zod'

/** Methods as the form offers them. */
export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const

/** How a request says who sends it. */
export const authKinds = ['none', 'key', 'bearer', 'iam'] as const

/** What Node.js or the connection decides. */
const OWN_HEADERS = /^(host|connection|content-length|transfer-encoding|keep-alive|upgrade|te|trailer|expect|proxy-.*)$/i
/** Headers whose values are secrets: they are never kept. */
const SECRET_HEADERS = /^(authorization|x-api-key|cookie|x-amz-security-token)$/i

const header = z.object({
  name: z.string().trim().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'headerName').refine((name) => !OWN_HEADERS.test(name), 'ownHeader'),
  value: z.string().max(8_000).regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'headerValue'),
})

/** A request to a deployed API as the form makes it. Its messages are keys of `api-tester.field`. */
export const apiRequest = z.object({
  apiId: z.string().min(1, 'noApi'),
  stage: z.string().min(1, 'noStage'),
  method: z.enum(methods),
  path: z
    .string()
    .trim()
    .max(4_000)
    .refine((path) => !/[{}]/.test(path), 'placeholder')
    .refine((path) => !/[\x00-\x1f\x7f]/.test(path), 'path'),
  headers: z.array(header).max(50),
  body: z.string().max(2_000_000),
  auth: z.object({ kind: z.enum(authKinds), value: z.string().max(8_000).regex(/^[\x20-\x7e]*$/, 'headerValue') }),
  /** Empty, or the origin of the page that would send it. */
  origin: z.union([z.literal(''), z.string().regex(/^https?:\/\/[^/\s?#]+$/, 'origin')]),
})

/** A request as the form holds it. */
export type ApiRequest = z.infer<typeof apiRequest>

/** What of a request may be kept: all but its secrets. */
export function withoutSecrets(request: ApiRequest): ApiRequest {
  return {
    ...request,
    headers: request.headers.map(({ name, value }) => ({ name, value: SECRET_HEADERS.test(name) ? '' : value })),
    auth: { ...request.auth, value: '' },
  }
}

/** Headers that go out with a request, its `auth` and `origin` among them; a signature is not. */
export function headersOf({ headers, auth, origin }: ApiRequest): { name: string; value: string }[] {
  return [
    ...headers.filter(({ name }) => name !== ''),
    ...(auth.kind === 'key' && auth.value !== '' ? [{ name: 'x-api-key', value: auth.value }] : []),
    ...(auth.kind === 'bearer' && auth.value !== '' ? [{ name: 'authorization', value: `Bearer ${auth.value}` }] : []),
    ...(origin === '' ? [] : [{ name: 'origin', value: origin }]),
  ]
}

/** Whether a method sends what the body field holds. */
export function hasBody({ method, body }: Pick<ApiRequest, 'method' | 'body'>): boolean {
  return body !== '' && method !== 'GET' && method !== 'HEAD'
}
