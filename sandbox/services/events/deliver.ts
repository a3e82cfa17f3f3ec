import type { Delivery, NewDelivery } from '../../outbox'
import type { Sandbox } from '../../sandbox'
import type { Write } from '../../store'
import type { Matched } from './matching-rules'
import { ruleArn } from './names'
import type { Rule, Target } from './records'
import { inputFor } from './transform'

const SERVICE = 'events.amazonaws.com'
/** "How EventBridge retries delivering events": up to 185 times in 24 hours, with exponential back-off. */
const RETRY = { attempts: 185, ageSeconds: 86_400, waits: [1000, 2000, 5000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000] }

/**
 * Hands events to the targets of rules that they are for, with what else must be written in the same moment.
 * Once this resolves each will be delivered, or end in its dead-letter queue.
 */
export async function deliver(sandbox: Sandbox, matched: Matched[], more: Write[] = []): Promise<void> {
  const { writes, send } = sandbox.outbox.prepare(sandbox, deliveriesOf(matched, sandbox.now()))
  if (writes.length + more.length > 0) await sandbox.store.batch([...writes, ...more])
  send()
}

/** What the targets of rules get of events that came at a time, in epoch ms. */
export function deliveriesOf(matched: Matched[], at: number): NewDelivery[] {
  return matched.flatMap(({ rule, event }) => rule.targets.map((target) => deliveryOf(rule, target, inputFor(target, rule, event, at))))
}

function deliveryOf(rule: Rule, target: Target, body: string): NewDelivery {
  const { arn, roleArn, deadLetterArn, messageGroupId, retry } = target
  return {
    account: rule.account,
    region: rule.region,
    target: arn,
    sender: { service: SERVICE, sourceArn: ruleArn(rule), ...(roleArn === undefined ? {} : { roleArn }) },
    body,
    retry: { ...RETRY, attempts: retry?.attempts ?? RETRY.attempts, ageSeconds: retry?.ageSeconds ?? RETRY.ageSeconds },
    ...(deadLetterArn === undefined ? {} : { deadLetterArn }),
    ...(messageGroupId === undefined ? {} : { groupId: messageGroupId }),
  }
}

/** What a dead-letter queue is told of an event ("Using dead-letter queues to process undelivered events"). */
export function deadLetterAttributes({ sender, target, problem, exhausted, failures }: Delivery): Record<string, string> {
  return {
    RULE_ARN: sender.sourceArn,
    TARGET_ARN: target,
    ERROR_CODE: problem?.code ?? 'UNKNOWN',
    ERROR_MESSAGE: problem?.message ?? '',
    RETRY_ATTEMPTS: String(Math.max(0, failures - 1)),
    ...(exhausted ? { EXHAUSTED_RETRY_CONDITION: exhausted } : {}),
  }
}
