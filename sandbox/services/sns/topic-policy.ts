import type { Sandbox } from '../../sandbox'
import { parsePolicy, type PolicyDocument } from '../iam/policy-document'
import { invalid } from './errors'
import { topicArn, type TopicName } from './names'
import { findTopic } from './topics'

const OWNER_ACTIONS = ['GetTopicAttributes', 'SetTopicAttributes', 'AddPermission', 'RemovePermission', 'DeleteTopic', 'Subscribe', 'ListSubscriptionsByTopic', 'Publish']
const ACTIONS = new Set([...OWNER_ACTIONS, 'Receive', '*'].map((action) => action.toLowerCase()))

/** The policy that SNS gives to a topic without one: some of AWS's services may use it for the owner. */
export function defaultPolicy(topic: TopicName): PolicyDocument {
  return {
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: OWNER_ACTIONS.map((action) => `SNS:${action}`),
        Resource: topicArn(topic),
        Condition: { StringEquals: { 'AWS:SourceOwner': topic.account } },
      },
    ],
  }
}

/** The policy of a topic; undefined where there is no such topic. */
export async function topicPolicy(sandbox: Sandbox, name: TopicName): Promise<PolicyDocument | undefined> {
  const topic = await findTopic(sandbox, name)
  return topic && policyOf(topic)
}

export function policyOf(topic: TopicName & { attributes: Record<string, string> }): PolicyDocument {
  return topic.attributes.Policy === undefined ? defaultPolicy(topic) : parsePolicy(topic.attributes.Policy)
}

/** Holds a policy against the grammar. @throws InvalidParameter */
export function checkPolicy(text: string): void {
  let document: { Statement?: unknown } | null
  try {
    document = JSON.parse(text) as typeof document
  } catch {
    throw invalid('Policy Error: null')
  }
  const statements = [document?.Statement].flat() as (Record<string, unknown> | null | undefined)[]
  for (const statement of statements) {
    const isWhole = statement && typeof statement === 'object' && (statement.Effect === 'Allow' || statement.Effect === 'Deny') && (statement.Principal ?? statement.NotPrincipal) !== undefined && (statement.Action ?? statement.NotAction) !== undefined
    if (!isWhole) throw invalid('Policy Error: null')
    checkActions([statement.Action ?? statement.NotAction].flat())
  }
}

/** Only actions of topics are for a topic's policy. @throws InvalidParameter */
export function checkActions(actions: unknown[]): void {
  const isOfTopics = (action: unknown) => {
    const [service = '', name = ''] = String(action).toLowerCase().split(':')
    return action === '*' || (service === 'sns' && (ACTIONS.has(name) || name.includes('*')))
  }
  if (!actions.every(isOfTopics)) throw invalid('Policy statement action out of service scope!')
}
