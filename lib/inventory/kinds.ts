import type { ServiceName } from '@/lib/cloud/clients'

/** What an account may hold, by service, in the order in which it is listed. */
export const KINDS = {
  apigateway: ['rest-api', 'http-api', 'domain-name', 'usage-plan', 'api-key', 'client-certificate', 'vpc-link'],
  lambda: ['function', 'event-source-mapping', 'layer', 'code-signing-config'],
  dynamodb: ['table'],
  s3: ['bucket'],
  sns: ['topic', 'subscription'],
  sqs: ['queue'],
  events: ['rule', 'event-bus'],
  scheduler: ['schedule', 'schedule-group'],
  iam: ['role', 'policy', 'user', 'group', 'instance-profile', 'oidc-provider', 'saml-provider', 'mfa', 'server-certificate'],
  logs: ['log-group'],
  cloudwatch: ['alarm'],
} as const satisfies Partial<Record<ServiceName, readonly string[]>>

/** A service that holds something of its own. */
export type InventoryService = keyof typeof KINDS
/** What a resource is: `function`, `role`, `table` … */
export type ResourceKind = (typeof KINDS)[InventoryService][number]
