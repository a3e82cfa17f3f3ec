import { QueueDoesNotExist } from '@aws-sdk/client-sqs'
import type { Sandbox } from '../../sandbox'

/** A queue as its ARN names it. */
export interface QueueName {
  account: string
  region: string
  name: string
}

export function queueArn({ account, region, name }: QueueName): string {
  return `arn:aws:sqs:${region}:${account}:${name}`
}

/** The address of a queue, on this sandbox. */
export function queueUrl(sandbox: Sandbox, { account, name }: QueueName): string {
  return `${sandbox.url()}/${account}/${name}`
}

/**
 * Reads a queue's URL in every form in use: `http://host/ACCOUNT/NAME`, `/ACCOUNT/NAME`, and `…/queue/REGION/ACCOUNT/NAME`.
 * @param region taken where the URL does not tell
 * @throws QueueDoesNotExist where it is none of these
 */
export function parseQueueUrl(region: string, url: string): QueueName {
  const [, named, account, name] = /^(?:https?:\/\/[^/]+)?(?:\/queue\/([a-z0-9-]+))?\/(\d{12})\/([\w-]{1,80}(?:\.fifo)?)\/?$/.exec(url) ?? []
  if (account === undefined) throw noSuchQueue()
  return { account, region: named ?? region, name: name! }
}

/** @returns undefined where the text is not the ARN of a queue */
export function parseQueueArn(arn: string): QueueName | undefined {
  const [, region, account, name] = /^arn:aws:sqs:([a-z0-9-]+):(\d{12}):([\w-]{1,80}(?:\.fifo)?)$/.exec(arn) ?? []
  return region === undefined ? undefined : { region, account: account!, name: name! }
}

export function noSuchQueue(): QueueDoesNotExist {
  return new QueueDoesNotExist({ message: 'The specified queue does not exist.', $metadata: {} })
}
