import { LimitExceededException, PutSubscriptionFilter$, type PutSubscriptionFilterRequest } from '@aws-sdk/client-cloudwatch-logs'
import { AwsError } from '../../../errors'
import { operation, type Call } from '../../../operation'
import { permitDelivery, Undeliverable } from '../../../outbox'
import { scopeOf } from '../../../store'
import { findFunction } from '../../lambda/functions'
import { functionArn, parseName } from '../../lambda/names'
import { policyDocument } from '../../lambda/policy'
import { groupResource, invalid } from '../arns'
import { readPattern } from '../filter-pattern'
import { groupContext } from '../group-context'
import { changeGroup, requireGroup, requireStandard } from '../log-store'
import { requireRoomForRegex } from '../metric-filters'
import type { SubscriptionFilter } from '../records'
import { SERVICE, sourceArnOf } from '../subscription-filters'

/** CloudWatch Logs quotas, "Subscription filters" of a group. */
const MOST = 2
const DENIED = 'Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.'

/** Hands on what a group takes from now on to a function, or changes how. */
export const putSubscriptionFilter = operation<PutSubscriptionFilterRequest, object>(PutSubscriptionFilter$, {
  resource: (call) => groupResource(call, call.input.logGroupName!),
  context: async (call) => ({ ...(await groupContext(call, call.input.logGroupName!)), 'logs:DestinationArn': call.input.destinationArn! }),
  async run(call) {
    const { logGroupName, filterName, filterPattern, destinationArn, roleArn, distribution } = call.input
    const pattern = readPattern(filterPattern)
    const scope = scopeOf(call)
    requireStandard(await requireGroup(call.sandbox, scope, logGroupName!), 'Subscription filters are')
    await requireFunction(call, destinationArn!)
    if (roleArn !== undefined) throw invalid('destinationArn for vendor lambda cannot be used with roleArn')
    const filter: SubscriptionFilter = { name: filterName!, pattern: filterPattern!, destinationArn: destinationArn!, distribution: distribution ?? 'ByLogStream', createdAt: call.sandbox.now() }
    await changeGroup(call.sandbox, scope, logGroupName!, (group) => {
      const others = (group.subscriptionFilters ?? []).filter(({ name }) => name !== filterName)
      if (others.length >= MOST) throw new LimitExceededException({ message: 'Resource limit exceeded.', $metadata: {} })
      requireRoomForRegex(pattern, [...others, ...(group.metricFilters ?? [])])
      group.subscriptionFilters = [...others, filter].sort((a, b) => (a.name < b.name ? -1 : 1))
    })
    return {}
  },
})

/** The destination must be there and let CloudWatch Logs in. @throws InvalidParameterException; NotImplemented for streams and destinations of other accounts */
async function requireFunction(call: Call<PutSubscriptionFilterRequest>, arn: string): Promise<void> {
  if (!/^arn:aws:lambda:[\w-]+:\d{12}:function:/.test(arn)) {
    if (!arn.startsWith('arn:')) throw invalid('destinationArn is not an ARN.')
    throw new AwsError('NotImplemented', `logs: a subscription filter whose destination is ${arn} is not implemented in this sandbox: give a Lambda function.`, 501)
  }
  const [, , , region, account] = arn.split(':') as string[]
  if (region !== call.region) throw invalid('destinationArn must be in the region of the log group.')
  const name = parseName({ account: account!, region: region! }, arn)
  const record = await findFunction(call.sandbox, name)
  if (!record) throw invalid(DENIED)
  const { account: owner, region: place, input } = call
  const delivery = { id: '', account: owner, region: place, target: arn, sender: { service: SERVICE, sourceArn: sourceArnOf(call, input.logGroupName!) }, body: '', retry: { attempts: 0, ageSeconds: 0, waits: [] }, acceptedAt: 0, failures: 0 }
  await permitDelivery(call.sandbox, delivery, 'lambda:InvokeFunction', functionArn(name), policyDocument(record, name.qualifier)).catch((error: Error) => {
    throw error instanceof Undeliverable ? invalid(DENIED) : error
  })
}
