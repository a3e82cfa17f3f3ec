import { ListPoliciesGrantingServiceAccess$, type ListPoliciesGrantingServiceAccessRequest, type ListPoliciesGrantingServiceAccessResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { policiesGranting } from '../granting-policies'
import { page } from '../page'
import { simulatedEntity, tagsOfArn } from '../simulated-principal'

/** The policies by which a user, group or role can call services, service by service. */
export const listPoliciesGrantingServiceAccess = operation<ListPoliciesGrantingServiceAccessRequest, ListPoliciesGrantingServiceAccessResponse>(ListPoliciesGrantingServiceAccess$, {
  resource: ({ input }) => input.Arn!,
  context: (call) => tagsOfArn(call, call.input.Arn!),
  async run(call) {
    const { Arn, ServiceNamespaces = [] } = call.input
    const entity = await simulatedEntity(call, Arn!)
    const { items, ...paging } = page([...new Set(ServiceNamespaces)].sort(), (namespace) => namespace, call.input)
    return { PoliciesGrantingServiceAccess: await Promise.all(items.map(async (ServiceNamespace) => ({ ServiceNamespace, Policies: await policiesGranting(call, entity, ServiceNamespace) }))), ...paging }
  },
})
