import type { ReactNode } from 'react'
import type { ArnParts } from '@/lib/cloud/arn'

/** What a view draws: one resource of the learner's own account. */
export interface ViewProps {
  accountId: string
  arn: string
  parts: ArnParts
}

/** Looks into one kind of resource and lets the learner try it. Runs on the server. */
export type ResourceView = (props: ViewProps) => Promise<ReactNode>

/** The views by `service type` of the ARN, such as `lambda function`; `s3`, `sqs` and `sns` have no type. */
export const views: Record<string, ResourceView> = {}
