import { CreateServiceLinkedRole$, InvalidInputException, type CreateServiceLinkedRoleRequest, type CreateServiceLinkedRoleResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { uniqueId } from '../../../credentials'
import { arnOf, change, SERVICE_LINKED_PATH } from '../entities'
import { requireRoom } from '../quotas'
import { roles, type Role } from '../records'
import { shownRoleInFull } from '../shapes'

/** The services of the sandbox that have such a role on AWS, with the role's name. */
const ROLES: Record<string, string> = {
  'ops.apigateway.amazonaws.com': 'AWSServiceRoleForAPIGateway',
  'replicator.lambda.amazonaws.com': 'AWSServiceRoleForLambdaReplicator',
}

/** Makes the role that a service assumes for itself. Only services of the sandbox have one. */
export const createServiceLinkedRole = operation<CreateServiceLinkedRoleRequest, CreateServiceLinkedRoleResponse>(CreateServiceLinkedRole$, {
  resource: ({ account, input }) => arnOf(account, 'role', `${SERVICE_LINKED_PATH}${input.AWSServiceName}/`, ROLES[input.AWSServiceName!] ?? '*'),
  context: ({ input }) => ({ 'iam:AWSServiceName': input.AWSServiceName! }),
  async run(call) {
    const { sandbox, account, input } = call
    const service = input.AWSServiceName!
    const name = Object.hasOwn(ROLES, service) ? ROLES[service]! : undefined
    if (name === undefined) throw invalid(`Service-linked roles of ${service} are not in this sandbox. It has those of ${Object.keys(ROLES).join(' and ')}.`)
    if (input.CustomSuffix !== undefined) throw invalid(`Custom suffix is not allowed for ${service}`)
    return change(call, async () => {
      if (await sandbox.store.get(roles, account, name)) throw invalid(`Service role name ${name} has been taken in this account, please try a different suffix.`)
      requireRoom('RolesPerAccount', (await sandbox.store.list(roles, account)).length)
      const path = `${SERVICE_LINKED_PATH}${service}/`
      const role: Role = {
        roleName: name,
        roleId: uniqueId('AROA'),
        path,
        arn: arnOf(account, 'role', path, name),
        createdAt: new Date(sandbox.now()).toISOString(),
        trustPolicy: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }] }),
        ...(input.Description === undefined ? {} : { description: input.Description }),
        maxSessionDuration: 3600,
        tags: [],
        inline: {},
        attached: [],
      }
      await sandbox.store.put(roles, account, name, role)
      return { Role: shownRoleInFull(role) }
    })
  },
})

function invalid(message: string) {
  return new InvalidInputException({ message, $metadata: {} })
}
