import { readdirSync, readFileSync } from 'node:fs'

/** A managed policy that AWS gives to every account, as it stands in aws-managed/. */
export interface AwsManagedPolicy {
  arn: string
  policyName: string
  policyId: string
  path: string
  /** The version number is AWS's own; older versions are not kept. */
  defaultVersion: string
  createdAt: string
  updatedAt: string
  /** JSON text. */
  document: string
}

const folder = new URL('./aws-managed/', import.meta.url)

/** AWS's managed policies that the sandbox holds, by ARN, sorted by name. */
export const awsManaged: ReadonlyMap<string, AwsManagedPolicy> = new Map(
  readdirSync(folder)
    .map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Omit<AwsManagedPolicy, 'document'> & { document: object })
    .map((policy) => ({ ...policy, document: JSON.stringify(policy.document, null, 4) }))
    .sort((a, b) => (a.policyName < b.policyName ? -1 : 1))
    .map((policy) => [policy.arn, policy]),
)
