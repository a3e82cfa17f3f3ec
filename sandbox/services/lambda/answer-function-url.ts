import { randomUUID } from 'node:crypto'
import { authorize } from '../../authorize'
import { readClaim, verify } from '../../authenticate'
import { findCredential, rootOf } from '../../credentials'
import { AwsError } from '../../errors'
import type { Peer } from '../../handle'
import type { Call, Principal } from '../../operation'
import type { WireRequest, WireResponse } from '../../protocol/index'
import type { Sandbox } from '../../sandbox'
import { globalContext } from '../iam/global-context'
import { ANONYMOUS, resourceEffect } from '../iam/match-policy'
import { TooManyRequests, type InvokeRequest } from './engine/types'
import { requireFunction, resolveQualifier } from './functions'
import { corsHeaders } from './function-url-cors'
import { urlEvent, urlResponse } from './function-url-event'
import { StreamedAnswer } from './function-url-stream'
import { ownerOf, type FunctionUrl } from './function-urls'
import { functionArn, type FunctionName } from './names'
import { policyDocument } from './policy'
import type { FunctionRecord, FunctionVersion } from './records'
import { routeInvocation, runFunction } from './run-function'

const HOST = /^([a-z0-9]+)\.lambda-url\.(?:[a-z0-9-]+\.)?(?:localhost(?:\.localstack\.cloud)?|on\.aws)(?::\d+)?$/
const PATH = /^\/_lambda-url\/([a-z0-9]+)(\/.*)?$/
/** Bytes of a request body (Lambda quotas). */
const LARGEST_BODY = 6_291_456
/** New URLs need both, as on AWS since October 2025 (Lambda developer guide, "Control access to Lambda function URLs"). */
const ACTIONS = ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction']
const FORBIDDEN = 'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html'

/**
 * Tells a request for a function URL from a call to AWS: by the host `{id}.lambda-url.{region}.localhost`, or by the path
 * `/_lambda-url/{id}/…` for clients that cannot resolve such a name.
 */
export function functionUrlOf({ path, headers }: Pick<WireRequest, 'path' | 'headers'>): { urlId: string; path: string } | undefined {
  const byHost = HOST.exec((headers.host ?? '').toLowerCase())
  if (byHost) return { urlId: byHost[1]!, path }
  const byPath = PATH.exec(path)
  return byPath ? { urlId: byPath[1]!, path: byPath[2] ?? '/' } : undefined
}

/** Answers a request for a function URL: CORS, permission, the function, its answer. */
export async function answerFunctionUrl(sandbox: Sandbox, { urlId, path }: { urlId: string; path: string }, request: WireRequest, peer: Peer): Promise<WireResponse> {
  const requestId = randomUUID()
  const owner = await ownerOf(sandbox, urlId)
  const response = owner ? await answer(sandbox, owner, { ...request, path }, request, peer, requestId).catch((error) => errorResponse(error)) : errorResponse(new AwsError('AccessDeniedException', FORBIDDEN, 403))
  const { origin } = request.headers
  const cors = owner?.url.cors && origin !== undefined ? corsHeaders(owner.url.cors, origin, isPreflight(request)) : undefined
  const own = cors ? Object.entries(response.headers).filter(([name]) => !name.startsWith('access-control-')) : Object.entries(response.headers)
  return { ...response, headers: { ...Object.fromEntries(own), ...cors, 'x-amzn-requestid': requestId } }
}

async function answer(sandbox: Sandbox, { name, url }: { name: FunctionName; url: FunctionUrl }, request: WireRequest, signed: WireRequest, peer: Peer, requestId: string): Promise<WireResponse> {
  if (url.cors && isPreflight(request)) return { status: 200, headers: {}, body: Buffer.alloc(0) }
  if (request.body.length > LARGEST_BODY) throw new AwsError('RequestEntityTooLargeException', `Request must be smaller than ${LARGEST_BODY} bytes for the InvokeFunction operation`, 413)
  const caller = await admit(sandbox, name, url, signed, peer)
  const record = await requireFunction(sandbox, name)
  const { version, alias } = resolveQualifier(record, name)
  const { account, region } = name
  const about = { urlId: url.urlId, account, region, requestId, now: sandbox.now(), sourceIp: peer.address, port: new URL(sandbox.url()).port, ...(caller ? { caller } : {}) }
  const payload = Buffer.from(JSON.stringify(urlEvent(request, about)))
  const runs = routeInvocation(record, version, alias?.weights)
  const invocation = { requestId, payload, invokedArn: functionArn(name) }
  return (await (url.streams ? streamed(sandbox, record, runs, invocation, peer.signal) : buffered(sandbox, record, runs, invocation))) ?? { status: 502, headers: { 'content-type': 'text/plain' }, body: Buffer.from('Internal Server Error') }
}

async function buffered(sandbox: Sandbox, record: FunctionRecord, version: FunctionVersion, invocation: InvokeRequest): Promise<WireResponse | undefined> {
  const result = await runFunction(sandbox, record, version, invocation)
  return result.functionError ? undefined : urlResponse(result.payload)
}

function streamed(sandbox: Sandbox, record: FunctionRecord, version: FunctionVersion, invocation: InvokeRequest, signal: AbortSignal): Promise<WireResponse | undefined> {
  const answer = new StreamedAnswer()
  signal.addEventListener('abort', () => answer.abort())
  return answer.response(runFunction(sandbox, record, version, { ...invocation, stream: (contentType) => answer.begin(contentType) }))
}

/** Lets in whom IAM lets in. @returns the caller where the URL wants a signature @throws AwsError 403 */
async function admit(sandbox: Sandbox, name: FunctionName, url: FunctionUrl, request: WireRequest, peer: Peer): Promise<Principal | undefined> {
  const record = await requireFunction(sandbox, name)
  const resource = functionArn(name)
  const resourcePolicy = policyDocument(record, name.qualifier)
  const more = { 'lambda:FunctionUrlAuthType': url.authType, 'lambda:InvokedViaFunctionUrl': 'true' }
  const contextOf = (principal: Principal) => ({ ...globalContext(sandbox, { principal, account: name.account, region: name.region, sourceIp: peer.address, userAgent: request.headers['user-agent'] ?? '' } as Call, resource), ...more })
  if (url.authType === 'NONE') {
    const nobody: Principal = { type: 'IAMUser', account: '', arn: ANONYMOUS, userId: ANONYMOUS, accessKeyId: '' }
    const isAllowed = resourcePolicy && ACTIONS.every((action) => resourceEffect(resourcePolicy, { principal: ANONYMOUS, action, resource, context: contextOf(nobody) }, 'direct') === 'Allow')
    if (!isAllowed) throw new AwsError('AccessDeniedException', FORBIDDEN, 403)
    return undefined
  }
  const caller = await signer(sandbox, request)
  for (const action of ACTIONS) {
    await authorize(sandbox, { principal: caller, action, resource, resourceAccount: name.account, context: contextOf(caller), ...(resourcePolicy ? { resourcePolicy } : {}) }).catch((error) => {
      throw error instanceof AwsError ? new AwsError('AccessDeniedException', FORBIDDEN, 403) : error
    })
  }
  return caller
}

async function signer(sandbox: Sandbox, request: WireRequest): Promise<Principal> {
  const claim = readClaim(request)
  if (claim?.service !== 'lambda') throw new AwsError('AccessDeniedException', FORBIDDEN, 403)
  const credential = await findCredential(sandbox, claim.accessKeyId, claim.sessionToken)
  if (credential) {
    verify(request, claim, credential, sandbox.now())
    return credential.principal
  }
  if (sandbox.auth === 'open') return { ...rootOf(/^\d{12}$/.test(claim.accessKeyId) ? claim.accessKeyId : '000000000000'), accessKeyId: claim.accessKeyId }
  throw new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid.', 403)
}

function isPreflight({ method, headers }: WireRequest): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined
}

function errorResponse(error: unknown): WireResponse {
  const json = (status: number, type: string, body: object) => ({ status, headers: { 'content-type': 'application/json', 'x-amzn-errortype': type }, body: Buffer.from(JSON.stringify(body)) })
  if (error instanceof TooManyRequests) return json(429, 'TooManyRequestsException', { Reason: error.reason, Type: 'User', message: error.message })
  if (error instanceof AwsError) return json(error.status, error.code, { Message: error.message })
  if ((error as Error).name === 'ResourceNotFoundException') return json(404, 'ResourceNotFoundException', { Type: 'User', Message: (error as Error).message })
  console.error(error)
  return json(500, 'ServiceException', { Message: 'Internal Server Error' })
}
