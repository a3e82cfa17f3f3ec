import type { Resource } from '../../operation'
import type { Sandbox } from '../../sandbox'
import { resourceArn } from '../apigateway/gateway-operation'
import { domains } from './domain-names'
import { httpApis } from './records'
import { vpcLinks } from './vpc-links'

/** The HTTP APIs, custom domain names and VPC links of an account over its regions. */
export async function resources(sandbox: Sandbox, account: string): Promise<Resource[]> {
  const found: Resource[] = []
  for (const api of await sandbox.store.ofAccount(httpApis, account)) {
    found.push({ service: 'apigateway', type: 'http-api', name: api.name, arn: resourceArn(api, `/apis/${api.id}`), createdAt: api.createdAt })
  }
  for (const domain of await sandbox.store.ofAccount(domains, account)) {
    found.push({ service: 'apigateway', type: 'domain-name', name: domain.name, arn: resourceArn(domain, `/domainnames/${domain.name}`), createdAt: domain.createdAt })
  }
  for (const scope of await sandbox.store.scopes(vpcLinks, `${account}/`)) {
    const region = scope.split('/')[1]!
    for (const { value } of await sandbox.store.list(vpcLinks, scope)) {
      found.push({ service: 'apigateway', type: 'vpc-link', name: value.Name, arn: resourceArn({ region }, `/vpclinks/${value.VpcLinkId}`), createdAt: value.createdAt })
    }
  }
  return found
}
