import { paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch'
import type { Look } from '../look'

/** CloudWatch's alarms: what they watch and whom they tell. */
export async function readAlarms(look: Look): Promise<void> {
  const client = look.clients.cloudwatch
  for (const one of await look.all('cloudwatch', () => paginateDescribeAlarms({ client }, {}), ({ MetricAlarms }) => MetricAlarms)) {
    const { AlarmArn: arn, AlarmName: name = '', StateValue: state, MetricName, Namespace, Dimensions = [], Threshold: threshold } = one
    look.add({ arn, service: 'cloudwatch', kind: 'alarm', name, state, createdAt: one.AlarmConfigurationUpdatedTimestamp?.toISOString(), facts: { metric: MetricName && `${Namespace} ${MetricName}`, threshold } })
    for (const target of [...(one.AlarmActions ?? []), ...(one.OKActions ?? [])]) look.link(arn, target, 'delivers')
    const watched = Dimensions.find(({ Name }) => Name === 'FunctionName')?.Value
    if (watched !== undefined) look.link(arn, `arn:aws:lambda:${look.region}:${look.accountId}:function:${watched}`, 'watches')
  }
}
