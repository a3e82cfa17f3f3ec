import type { Cors } from '@aws-sdk/client-lambda'

/**
 * The CORS headers of an answer to a browser at `origin`; they stand in place of the function's own.
 * @param isPreflight the browser only asks what it may send
 */
export function corsHeaders(cors: Cors, origin: string, isPreflight: boolean): Record<string, string> {
  const origins = cors.AllowOrigins ?? []
  const isAllowed = origins.some((one) => one === '*' || one.toLowerCase() === origin.toLowerCase())
  if (!isAllowed) return {}
  const list = (name: string, values: string[] | undefined): Record<string, string> => (values?.length ? { [name]: values.join(',') } : {})
  return {
    'access-control-allow-origin': origins.includes('*') && !cors.AllowCredentials ? '*' : origin,
    vary: 'Origin',
    ...(cors.AllowCredentials ? { 'access-control-allow-credentials': 'true' } : {}),
    ...list('access-control-expose-headers', cors.ExposeHeaders),
    ...(isPreflight
      ? {
          ...list('access-control-allow-methods', cors.AllowMethods),
          ...list('access-control-allow-headers', cors.AllowHeaders),
          ...(cors.MaxAge === undefined ? {} : { 'access-control-max-age': String(cors.MaxAge) }),
        }
      : {}),
  }
}
