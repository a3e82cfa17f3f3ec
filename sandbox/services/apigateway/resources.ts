import type { Resource } from '../../operation'
import type { Sandbox } from '../../sandbox'
import { resourceArn } from './gateway-operation'
import { apiKeys, clientCertificates, restApis, usagePlans, vpcLinks } from './records'

/** The REST APIs, API keys, usage plans, client certificates and VPC links of an account over its regions. */
export async function resources(sandbox: Sandbox, account: string): Promise<Resource[]> {
  const kinds = [
    { records: restApis, type: 'rest-api', path: '/restapis' },
    { records: apiKeys, type: 'api-key', path: '/apikeys' },
    { records: usagePlans, type: 'usage-plan', path: '/usageplans' },
    { records: clientCertificates, type: 'client-certificate', path: '/clientcertificates' },
    { records: vpcLinks, type: 'vpc-link', path: '/vpclinks' },
  ]
  const found: Resource[] = []
  for (const { records, type, path } of kinds) {
    for (const scope of await sandbox.store.scopes(records, `${account}/`)) {
      const region = scope.split('/')[1]!
      for (const { value } of await sandbox.store.list<{ id: string; name?: string; createdAt: string }>(records, scope)) {
        found.push({ service: 'apigateway', type, name: value.name ?? value.id, arn: resourceArn({ region }, `${path}/${value.id}`), createdAt: value.createdAt })
      }
    }
  }
  return found
}
