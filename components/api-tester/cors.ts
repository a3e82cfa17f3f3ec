/** A request that a page of another origin would send. */
export interface CrossOriginRequest {
  origin: string
  method: string
  headers: readonly { name: string; value: string }[]
}

/** An answer as far as CORS goes: names of headers in lower case. */
export interface CorsAnswer {
  status: number
  headers: Record<string, string>
}

/** One thing that a browser looks at; the text is `api-tester.cors.<key>`. */
export interface CorsStep {
  key: 'noPreflight' | 'preflightStatus' | 'preflightOrigin' | 'preflightMethod' | 'preflightHeader' | 'origin'
  ok: boolean
  values: Record<string, string>
}

const SIMPLE_METHODS = new Set(['GET', 'HEAD', 'POST'])
const SIMPLE_TYPES = new Set(['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'])
/** Headers that any page may send. Browsers set the rest of these themselves. */
const SAFE_HEADERS = new Set(['accept', 'accept-language', 'content-language', 'origin', 'user-agent', 'cookie'])

/**
 * The headers of a request that a browser asks for leave to send.
 * @see https://fetch.spec.whatwg.org/#cors-safelisted-request-header
 */
export function headersToAskFor(headers: CrossOriginRequest['headers']): string[] {
  const asked = headers.filter(({ name, value }) => {
    const lower = name.toLowerCase()
    if (lower === 'content-type') return !SIMPLE_TYPES.has(value.split(';')[0]!.trim().toLowerCase())
    return !SAFE_HEADERS.has(lower)
  })
  return [...new Set(asked.map(({ name }) => name.toLowerCase()))].sort()
}

/** Whether a browser asks with OPTIONS before it sends this. */
export function needsPreflight({ method, headers }: Pick<CrossOriginRequest, 'method' | 'headers'>): boolean {
  return !SIMPLE_METHODS.has(method) || headersToAskFor(headers).length > 0
}

/**
 * What a browser looks at, in its order, and how each came out; the first that is not `ok` is where it stops. Without
 * cookies, as `fetch` sends by default.
 *
 * @param answer of the request itself; absent where the preflight failed and it was not sent
 * @see https://fetch.spec.whatwg.org/#cors-preflight-fetch
 */
export function corsSteps(request: CrossOriginRequest, preflight: CorsAnswer | undefined, answer: CorsAnswer | undefined): CorsStep[] {
  const steps: CorsStep[] = []
  if (preflight) {
    const { status, headers } = preflight
    steps.push({ key: 'preflightOrigin', ok: allowsOrigin(preflight, request.origin), values: { origin: request.origin, found: headers['access-control-allow-origin'] ?? '—' } })
    steps.push({ key: 'preflightStatus', ok: status >= 200 && status <= 299, values: { status: String(status) } })
    const allowed = list(headers['access-control-allow-methods'])
    steps.push({
      key: 'preflightMethod',
      ok: SIMPLE_METHODS.has(request.method) || allowed.includes('*') || allowed.includes(request.method),
      values: { method: request.method, found: headers['access-control-allow-methods'] ?? '—' },
    })
    const names = list(headers['access-control-allow-headers']).map((name) => name.toLowerCase())
    for (const name of headersToAskFor(request.headers)) {
      // The asterisk never stands for Authorization.
      const ok = names.includes(name) || (names.includes('*') && name !== 'authorization')
      steps.push({ key: 'preflightHeader', ok, values: { header: name, found: headers['access-control-allow-headers'] ?? '—' } })
    }
  } else steps.push({ key: 'noPreflight', ok: true, values: { method: request.method } })
  if (answer) steps.push({ key: 'origin', ok: allowsOrigin(answer, request.origin), values: { origin: request.origin, found: answer.headers['access-control-allow-origin'] ?? '—' } })
  return steps
}

function allowsOrigin({ headers }: CorsAnswer, origin: string): boolean {
  const allowed = headers['access-control-allow-origin']
  return allowed === '*' || allowed === origin
}

function list(header: string | undefined): string[] {
  return (header ?? '').split(',').map((one) => one.trim()).filter((one) => one !== '')
}
