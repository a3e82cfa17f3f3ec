import { CreateRole$, InvalidInputException, type CreateRoleRequest, type CreateRoleResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { uniqueId } from '../../../credentials'
import { arnOf, change, newTags, pathOf, requestTags, requireFreeName, SERVICE_LINKED_PATH } from '../entities'
import { requireAttachable } from '../entity-policies'
import { roles, type Role } from '../records'
import { shownRoleInFull } from '../shapes'
import { requireTrustSize } from '../trust-policy'
import { validateTrustPolicy } from '../validate-policy'

/** Makes a role that the principals of its trust policy can assume. */
export const createRole = operation<CreateRoleRequest, CreateRoleResponse>(CreateRole$, {
  resource: ({ account, input }) => arnOf(account, 'role', input.Path, input.RoleName!),
  context: ({ input }) => ({
    ...requestTags(input.Tags),
    ...(input.PermissionsBoundary === undefined ? {} : { 'iam:PermissionsBoundary': input.PermissionsBoundary }),
  }),
  async run(call) {
    const { sandbox, account, input } = call
    if (input.Path?.startsWith(SERVICE_LINKED_PATH)) throw new InvalidInputException({ message: `Roles under the path ${SERVICE_LINKED_PATH} are made with CreateServiceLinkedRole.`, $metadata: {} })
    await validateTrustPolicy(sandbox, input.AssumeRolePolicyDocument!)
    requireTrustSize(input.AssumeRolePolicyDocument!)
    const tags = await newTags(call, 'iam:TagRole', arnOf(account, 'role', input.Path, input.RoleName!))
    return change(call, async () => {
      if (input.PermissionsBoundary !== undefined) await requireAttachable(call, input.PermissionsBoundary)
      await requireFreeName(sandbox, roles, account, input.RoleName!, `Role with name ${input.RoleName} already exists.`, 'RolesPerAccount')
      const role: Role = {
        roleName: input.RoleName!,
        roleId: uniqueId('AROA'),
        path: pathOf(input.Path),
        arn: arnOf(account, 'role', input.Path, input.RoleName!),
        createdAt: new Date(sandbox.now()).toISOString(),
        trustPolicy: input.AssumeRolePolicyDocument!,
        ...(input.Description === undefined ? {} : { description: input.Description }),
        maxSessionDuration: input.MaxSessionDuration ?? 3600,
        tags,
        inline: {},
        attached: [],
        ...(input.PermissionsBoundary === undefined ? {} : { boundary: input.PermissionsBoundary }),
      }
      await sandbox.store.put(roles, account, role.roleName, role)
      return { Role: shownRoleInFull(role) }
    })
  },
})
