import type { ReactNode } from 'react'
import type { ArnParts } from '@/lib/cloud/arn'
import { apiView } from './api-view'
import { tableView } from './dynamodb/view'
import { busView, ruleView, scheduleView } from './events/views'
import { lambdaView } from './lambda/view'
import { logGroupView } from './logs/view'
import { bucketView } from './s3/view'
import { topicView } from './sns/view'
import { queueView } from './sqs/view'

/** What a view draws: one resource of the learner's own account. */
export interface ViewProps {
  accountId: string
  arn: string
  parts: ArnParts
}

/** Looks into one kind of resource and lets the learner try it. Runs on the server. */
export type ResourceView = (props: ViewProps) => Promise<ReactNode>

/** The views by `service type` of the ARN, such as `lambda function`; `s3`, `sqs` and `sns` have no type. */
export const views: Record<string, ResourceView> = {
  'apigateway apis': apiView,
  'apigateway restapis': apiView,
  'dynamodb table': tableView,
  'events event-bus': busView,
  'events rule': ruleView,
  'lambda function': lambdaView,
  'logs log-group': logGroupView,
  s3: bucketView,
  'scheduler schedule': scheduleView,
  sns: topicView,
  sqs: queueView,
}
