import { describeError, writeError, writeOutput, type WireRequest, type WireResponse } from '../../protocol/index'
import { randomUUID } from 'node:crypto'
import type { RoutedService } from '../../route'
import type { Sandbox } from '../../sandbox'
import { confirm } from './confirmation'
import { parseSubscriptionArn, parseTopicArn, subscriptionArn } from './names'
import { signerOf } from './signature'
import { unsubscribe } from './unsubscribe'
import { inAccount } from '../../clock'

/** The links in notifications, which anyone may follow without a signature: to confirm, to unsubscribe, to the certificate. */
export function isTopicLink({ method, path, query, headers }: WireRequest): boolean {
  if (method !== 'GET' || headers.authorization !== undefined || query.has('X-Amz-Signature')) return false
  if (/^\/SimpleNotificationService-[0-9a-f]{32}\.pem$/.test(path)) return true
  return path === '/' && ['ConfirmSubscription', 'Unsubscribe'].includes(query.get('Action') ?? '')
}

/** Answers a link of a notification. Does not throw. */
export async function answerTopicLink(sandbox: Sandbox, service: RoutedService, request: WireRequest): Promise<WireResponse> {
  const requestId = randomUUID()
  try {
    const action = request.query.get('Action')
    if (action === null) return await certificate(sandbox, request.path)
    return writeOutput(service, service.schemas.get(action)!, action === 'Unsubscribe' ? await follow(sandbox, request.query) : await confirmed(sandbox, request.query), requestId)
  } catch (error) {
    const wire = describeError(service, error)
    if (wire.status >= 500) console.error(error)
    return writeError(service, wire, requestId, request)
  }
}

async function confirmed(sandbox: Sandbox, query: URLSearchParams): Promise<Record<string, unknown>> {
  const topic = parseTopicArn(query.get('TopicArn') ?? '')
  return { SubscriptionArn: subscriptionArn(await confirm(inAccount(sandbox, topic.account), topic, query.get('Token') ?? '', { isSigned: false, isGuarded: false })) }
}

async function follow(sandbox: Sandbox, query: URLSearchParams): Promise<Record<string, unknown>> {
  const name = parseSubscriptionArn(query.get('SubscriptionArn') ?? '')
  await unsubscribe(inAccount(sandbox, name.topic.account), name, undefined)
  return {}
}

async function certificate(sandbox: Sandbox, path: string): Promise<WireResponse> {
  const signer = await signerOf(sandbox)
  const isIt = path === signer.path
  return { status: isIt ? 200 : 404, headers: { 'content-type': 'application/x-pem-file' }, body: Buffer.from(isIt ? signer.certificate : '') }
}
