import type { PolicyGrantingServiceAccess } from '@aws-sdk/client-iam'
import type { Call } from '../../operation'
import { groupsOf, ownPolicies } from './held-policies'
import { opensService } from './opened-services'
import type { Group, Role, User } from './records'

/** The policies of a user (its groups' included), group or role that open a service. */
export async function policiesGranting({ sandbox, account }: Call, entity: User | Group | Role, namespace: string): Promise<PolicyGrantingServiceAccess[]> {
  const holders = 'userId' in entity ? [entity, ...(await groupsOf(sandbox, account, entity))] : [entity]
  const found = await Promise.all(
    holders.map(async (holder) => {
      const opening = (await ownPolicies(sandbox, account, holder)).filter(({ document }) => opensService(document, namespace))
      return opening.map(({ name, arn }) =>
        // Managed policies stand for themselves, inline ones for whom they are in.
        arn === undefined ? { PolicyName: name, PolicyType: 'INLINE' as const, ...named(holder) } : { PolicyName: name, PolicyType: 'MANAGED' as const, PolicyArn: arn },
      )
    }),
  )
  return found.flat()
}

function named(holder: User | Group | Role) {
  if ('userId' in holder) return { EntityType: 'USER' as const, EntityName: holder.userName }
  return 'groupId' in holder ? { EntityType: 'GROUP' as const, EntityName: holder.groupName } : { EntityType: 'ROLE' as const, EntityName: holder.roleName }
}
