import { randomUUID } from 'node:crypto'
import { recordCall } from './audit'
import { readClaim, verify, type SignatureClaim } from './authenticate'
import { AccessDenied, authorize } from './authorize'
import { inAccount } from './clock'
import { ALL, accessKeys, findCredential, rootOf } from './credentials'
import { AwsError } from './errors'
import type { Call, Operation, Principal } from './operation'
import { openPayload } from './payload'
import { describeError, readInput, writeError, writeOutput, type WireRequest, type WireResponse } from './protocol/index'
import { route, type Route, type RoutedService } from './route'
import type { Sandbox } from './sandbox'
import { isForm, openForm } from './services/s3/post-form'
import { encodeAuthorizationMessage } from './services/iam/authorization-message'
import { globalContext } from './services/iam/global-context'
import { ANONYMOUS } from './services/iam/match-policy'

/** Of a call that nobody signed, which only `open` takes. */
const DEFAULT_REGION = 'us-east-1'
/** Whose account a key such as `test` means in `open`; LocalStack's own. */
const OPEN_ACCOUNT = '000000000000'

/** Who calls an operation that asks for no signature. */
const NOBODY: Principal = { type: 'WebIdentityUser', account: '', arn: '', userId: '', accessKeyId: '' }

/** Where a request came from. */
export interface Peer {
  address: string
  signal: AbortSignal
}

/**
 * The way of an AWS request, stage by stage: route, authenticate, read, authorize, run, write, audit.
 * Whatever is thrown on the way becomes an error in the service's own form.
 */
export async function handle(sandbox: Sandbox, services: RoutedService[], incoming: WireRequest, peer: Peer): Promise<WireResponse> {
  const requestId = randomUUID()
  let request = incoming
  let target: Route | undefined
  let response: WireResponse
  const serviceOf = () => target?.service ?? services.find(({ name }) => name === namedService(incoming))
  try {
    if (isForm(incoming)) request = await openForm(incoming)
    const claimed = readClaim(request)
    target = route(services, { ...request, signingName: claimed?.service, form: () => new URLSearchParams(request.body.toString('utf8')) })
    // Before the signature: web identity and SAML calls have none.
    if (target) requireImplemented(target)
    const principal = target && target.service.byName.get(target.name)?.isUnsigned ? NOBODY : await authenticate(sandbox, request, claimed, target?.service)
    if (!target) throw nowhere(request, claimed?.service)
    response = await dispatch(inAccount(sandbox, principal.account), target, request, peer, principal, claimed?.region ?? DEFAULT_REGION, requestId)
  } catch (error) {
    response = writeError(serviceOf(), described(serviceOf(), error), requestId, request)
    if (error instanceof AccessDenied) Object.assign(response.headers, encodedMessage(sandbox, error))
  }
  response.headers[serviceOf()?.protocol === 'rest-xml' ? 'x-amz-request-id' : 'x-amzn-requestid'] = requestId
  return response
}

/** The service that a signature names which is otherwise broken: errors are to be in its form. */
function namedService({ headers, query }: WireRequest): string | undefined {
  return /\/([a-z0-9-]+)\/aws4_request/.exec(headers.authorization ?? query.get('X-Amz-Credential') ?? '')?.[1]
}

/** @throws AwsError UnknownOperationException where AWS has no such operation, NotImplemented where the sandbox has not */
function requireImplemented({ service, name }: Pick<Route, 'service' | 'name'>) {
  const schema = service.schemas.get(name)
  if (!schema) {
    const code = service.protocol === 'query' ? 'InvalidAction' : 'UnknownOperationException'
    throw new AwsError(code, `Could not find operation ${name} for version ${service.apiVersion ?? 'latest'}`, 400)
  }
  const operation = service.byName.get(name)
  if (!operation) throw new AwsError('NotImplemented', `${service.name}:${name} is not implemented in this sandbox.`, 501)
  return { schema, operation }
}

/** More than this and a client may refuse the whole answer for its headers. */
const LONGEST_HEADER = 8000

/** What sts:DecodeAuthorizationMessage makes readable; on AWS only some services (EC2) give it, in their message. */
function encodedMessage(sandbox: Sandbox, denied: AccessDenied): Record<string, string> {
  const encoded = encodeAuthorizationMessage(sandbox, denied.question, denied.decision)
  return encoded.length > LONGEST_HEADER ? {} : { 'x-worklab-encoded-authorization-message': encoded }
}

/** A request that no service here answers: of a service that is not there, with the name of what was asked where it has one. */
function nowhere(request: WireRequest, service: string | undefined): AwsError {
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')
  const action = request.headers['x-amz-target']?.split('.').at(-1) ?? (isForm ? new URLSearchParams(request.body.toString('utf8')).get('Action') : undefined)
  if (action && service) return new AwsError('NotImplemented', `${service}:${action.slice(0, 100)} is not implemented in this sandbox.`, 501)
  return new AwsError('UnknownOperationException', `No operation of the sandbox answers ${request.method} ${request.path}.`, 404)
}

function described(service: RoutedService | undefined, error: unknown) {
  const wire = describeError(service, error)
  if (wire.status >= 500 && wire.status !== 501) console.error(error)
  return wire
}

async function authenticate(sandbox: Sandbox, request: WireRequest, claimed: SignatureClaim | undefined, service: RoutedService | undefined): Promise<Principal> {
  if (!claimed) openPayload(request)
  if (!claimed && sandbox.auth === 'open') return { ...rootOf(OPEN_ACCOUNT), accessKeyId: '' }
  if (!claimed && service?.takesAnonymous) return { type: 'Anonymous', account: '', arn: ANONYMOUS, userId: ANONYMOUS, accessKeyId: '' }
  if (!claimed) throw new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403)
  const credential = await findCredential(sandbox, claimed.accessKeyId, claimed.sessionToken)
  if (credential) {
    verify(request, claimed, credential, sandbox.now())
    return credential.principal
  }
  if (sandbox.auth === 'open') {
    openPayload(request)
    const account = /^\d{12}$/.test(claimed.accessKeyId) ? claimed.accessKeyId : OPEN_ACCOUNT
    return { ...rootOf(account), accessKeyId: claimed.accessKeyId }
  }
  const isIam = claimed.service === 'iam' || claimed.service === 'sts'
  throw new AwsError(isIam ? 'InvalidClientTokenId' : 'UnrecognizedClientException', 'The security token included in the request is invalid.', 403)
}

async function dispatch(
  sandbox: Sandbox,
  { service, name, labels }: Route,
  request: WireRequest,
  peer: Peer,
  principal: Principal,
  region: string,
  requestId: string,
): Promise<WireResponse> {
  const { schema, operation } = requireImplemented({ service, name })
  const traceHeader = request.headers['x-amzn-trace-id']
  const context = (more: Record<string, string | string[]>, resource: string) => ({ ...globalContext(sandbox, call, resource), ...more })
  const [deniedCode, deniedStatus] = [service.deniedCode ?? 'AccessDeniedException', service.protocol === 'json' && !service.isQueryCompatible ? 400 : 403] as const
  const call: Call = {
    input: undefined,
    account: principal.account,
    region,
    principal,
    requestId,
    userAgent: request.headers['user-agent'] ?? '',
    sourceIp: peer.address,
    ...(traceHeader === undefined ? {} : { traceHeader }),
    sandbox,
    signal: peer.signal,
    ...(request.form ? { form: request.form } : {}),
    async authorize(action, resource, more = {}, resourcePolicy = undefined, owner = principal.account) {
      const question = { principal, action, resource, resourceAccount: owner, context: context(more, resource), ...(resourcePolicy ? { resourcePolicy } : {}) }
      await authorize(sandbox, question, deniedCode, deniedStatus)
    },
  }
  try {
    await service.checkBody?.(request)
    call.input = readInput({ service, name, labels }, schema, request)
    const own = operation.action
    const action = own === undefined ? `${service.iamPrefix ?? service.name}:${name}` : typeof own === 'function' ? own(call) : own
    if (action !== null) await authorizeOperation(call, operation, action, context, deniedCode, deniedStatus)
    const output = await operation.run(call)
    await afterwards(recordCall(sandbox, service, operation, call, { output }))
    await afterwards(touchKey(sandbox, principal, service.name, region))
    return writeOutput(service, schema, output as Record<string, unknown>, requestId, operation.readJson !== undefined)
  } catch (error) {
    const wire = describeError(service, error)
    await afterwards(
      recordCall(sandbox, service, operation, call, {
        error: wire,
        ...(error instanceof AccessDenied ? { explanation: error.decision.explanation } : {}),
      }),
    )
    throw error
  }
}

async function authorizeOperation(
  call: Call,
  operation: Operation,
  action: string,
  context: (more: Record<string, string | string[]>, resource: string) => Record<string, string | string[]>,
  code: string,
  status: number,
): Promise<void> {
  const resources = [await operation.resource(call)].flat()
  const more = (await operation.context?.(call)) ?? {}
  const known = await operation.owner?.(call)
  for (const resource of resources) {
    const owner = known ?? resource.split(':')[4]
    const resourcePolicy = await operation.resourcePolicy?.(call, resource)
    const question = {
      principal: call.principal,
      action,
      resource,
      resourceAccount: owner || call.account,
      context: context(more, resource),
      resourcePolicy,
    }
    await authorize(call.sandbox, question, code, status)
  }
}

/** Notes on a call that is done: that they cannot be written (a full disk) does not undo it. */
async function afterwards(note: Promise<void>): Promise<void> {
  await note.catch((error) => console.error(error))
}

const TOUCH_EVERY_MS = 60_000
const touched = new Map<string, number>()

/** Keeps "last used" of an access key to the minute; a write for every call would cost more than it tells. */
async function touchKey(sandbox: Sandbox, principal: Principal, service: string, region: string): Promise<void> {
  if (principal.type !== 'IAMUser') return
  const now = sandbox.now()
  if (now - (touched.get(principal.accessKeyId) ?? 0) < TOUCH_EVERY_MS) return
  touched.set(principal.accessKeyId, now)
  await sandbox.store.lock(`access-key ${principal.accessKeyId}`, async () => {
    const key = await sandbox.store.get(accessKeys, ALL, principal.accessKeyId)
    if (key) await sandbox.store.put(accessKeys, ALL, key.accessKeyId, { ...key, lastUsed: { at: new Date(now).toISOString(), service, region } })
  })
}
