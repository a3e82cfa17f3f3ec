import { isFifo as isFifoQueue } from '../sqs/attributes'
import { parseQueueArn } from '../sqs/names'
import { invalid, notHere } from './errors'
import { isFifo, type TopicName } from './names'

const LAMBDA = /^arn:aws:lambda:[a-z0-9-]+:(\d{12}):function:[\w-]{1,64}(?::[\w$-]{1,128})?$/
const MAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
const ELSEWHERE = ['sms', 'application', 'firehose']

/**
 * Holds an endpoint against its protocol.
 * @returns the account that it belongs to; undefined where it is none's of AWS
 * @throws InvalidParameter; NotImplemented for phones, devices and streams
 */
export function checkEndpoint(topic: TopicName, protocol: string, endpoint: string): string | undefined {
  if (ELSEWHERE.includes(protocol)) throw notHere(`Subscribe with the protocol ${protocol}`)
  if (isFifo(topic) && protocol !== 'sqs') throw invalid(`Invalid parameter: Endpoint Reason: FIFO SNS topics do not support the protocol ${protocol}; subscribe an SQS queue`)
  switch (protocol) {
    case 'sqs': {
      const queue = parseQueueArn(endpoint)
      if (!queue) throw invalid('SQS endpoint ARN')
      if (isFifoQueue(queue) && !isFifo(topic)) throw invalid('Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics')
      return queue.account
    }
    case 'lambda': {
      const [, account] = LAMBDA.exec(endpoint) ?? []
      if (account === undefined) throw invalid('Lambda endpoint ARN')
      return account
    }
    case 'http':
    case 'https':
      if (!endpoint.startsWith(`${protocol}://`)) throw invalid('Endpoint must match the specified protocol')
      if (!URL.canParse(endpoint)) throw invalid('Endpoint')
      return undefined
    case 'email':
    case 'email-json':
      if (!MAIL.test(endpoint)) throw invalid('Email address')
      return undefined
    default:
      throw invalid(`Amazon SNS does not support this protocol string: ${protocol}`)
  }
}
