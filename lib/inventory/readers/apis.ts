import {
  GetAuthorizersCommand,
  GetClientCertificatesCommand,
  GetDomainNamesCommand,
  GetVpcLinksCommand,
  paginateGetApiKeys,
  paginateGetResources,
  paginateGetRestApis,
  paginateGetUsagePlans,
} from '@aws-sdk/client-api-gateway'
import { GetApisCommand, GetAuthorizersCommand as GetHttpAuthorizersCommand, GetIntegrationsCommand, GetVpcLinksCommand as GetHttpVpcLinksCommand } from '@aws-sdk/client-apigatewayv2'
import type { Look } from '../look'

/** REST and HTTP APIs with what they call, and what stands around them: keys, plans, domain names, certificates, links. */
export async function readApis(look: Look): Promise<void> {
  const client = look.clients.apigateway
  const service = 'apigateway'
  const arnOf = (path: string) => `arn:aws:apigateway:${look.region}::${path}`
  await Promise.all([
    look.all(service, () => paginateGetRestApis({ client }, {}), ({ items }) => items).then((apis) =>
      Promise.all(
        apis.map(async ({ id = '', name = id, createdDate, description, endpointConfiguration, apiKeySource }) => {
          const arn = arnOf(`/restapis/${id}`)
          look.add({ arn, service, kind: 'rest-api', name, createdAt: createdDate?.toISOString(), facts: { id, description, endpoint: endpointConfiguration?.types?.join(', '), apiKeySource } })
          const [resources, authorizers] = await Promise.all([
            look.all(service, () => paginateGetResources({ client }, { restApiId: id, embed: ['methods'] }), ({ items }) => items),
            look.ask(service, () => client.send(new GetAuthorizersCommand({ restApiId: id }))),
          ])
          for (const method of resources.flatMap(({ resourceMethods }) => Object.values(resourceMethods ?? {}))) {
            look.link(arn, targetOf(method.methodIntegration?.uri, look), 'invokes')
            look.link(arn, method.methodIntegration?.credentials, 'runsAs')
          }
          for (const { authorizerUri } of authorizers?.items ?? []) look.link(arn, targetOf(authorizerUri, look), 'invokes')
        }),
      ),
    ),
    readHttpApis(look),
    look.all(service, () => paginateGetUsagePlans({ client }, {}), ({ items }) => items).then((plans) => {
      for (const { id = '', name = id, apiStages = [], throttle, quota } of plans) {
        const arn = arnOf(`/usageplans/${id}`)
        look.add({ arn, service, kind: 'usage-plan', name, facts: { id, rate: throttle?.rateLimit, burst: throttle?.burstLimit, quota: quota && `${quota.limit}/${quota.period}` } })
        for (const { apiId } of apiStages) look.link(arn, apiId && arnOf(`/restapis/${apiId}`), 'uses')
      }
    }),
    look.all(service, () => paginateGetApiKeys({ client }, {}), ({ items }) => items).then((keys) => {
      for (const { id = '', name = id, enabled, createdDate } of keys) look.add({ arn: arnOf(`/apikeys/${id}`), service, kind: 'api-key', name, state: enabled === false ? 'DISABLED' : 'ENABLED', createdAt: createdDate?.toISOString(), facts: { id } })
    }),
    look.ask(service, () => client.send(new GetDomainNamesCommand({}))).then((page) => {
      for (const { domainName: name = '', domainNameStatus: state } of page?.items ?? []) look.add({ arn: arnOf(`/domainnames/${name}`), service, kind: 'domain-name', name, state })
    }),
    look.ask(service, () => client.send(new GetClientCertificatesCommand({}))).then((page) => {
      for (const { clientCertificateId: id = '', createdDate, description } of page?.items ?? []) look.add({ arn: arnOf(`/clientcertificates/${id}`), service, kind: 'client-certificate', name: id, createdAt: createdDate?.toISOString(), facts: { description } })
    }),
    look.ask(service, () => client.send(new GetVpcLinksCommand({}))).then((page) => {
      for (const { id = '', name = id, status: state } of page?.items ?? []) look.add({ arn: arnOf(`/vpclinks/${id}`), service, kind: 'vpc-link', name, state, facts: { id } })
    }),
  ])
}

async function readHttpApis(look: Look): Promise<void> {
  const client = look.clients.apigatewayv2
  const service = 'apigatewayv2'
  const arnOf = (path: string) => `arn:aws:apigateway:${look.region}::${path}`
  const [apis, links] = await Promise.all([look.ask(service, () => client.send(new GetApisCommand({}))), look.ask(service, () => client.send(new GetHttpVpcLinksCommand({})))])
  for (const { VpcLinkId: id = '', Name: name = id, VpcLinkStatus: state } of links?.Items ?? []) look.add({ arn: arnOf(`/vpclinks/${id}`), service: 'apigateway', kind: 'vpc-link', name, state, facts: { id } })
  await Promise.all(
    (apis?.Items ?? []).map(async ({ ApiId = '', Name: name = ApiId, CreatedDate, Description: description, ApiEndpoint: url, ProtocolType: protocol }) => {
      const arn = arnOf(`/apis/${ApiId}`)
      look.add({ arn, service: 'apigateway', kind: 'http-api', name, createdAt: CreatedDate && new Date(CreatedDate).toISOString(), facts: { id: ApiId, description, protocol, url } })
      const [integrations, authorizers] = await Promise.all([
        look.ask(service, () => client.send(new GetIntegrationsCommand({ ApiId }))),
        look.ask(service, () => client.send(new GetHttpAuthorizersCommand({ ApiId }))),
      ])
      for (const { IntegrationUri, CredentialsArn, RequestParameters } of integrations?.Items ?? []) {
        look.link(arn, targetOf(IntegrationUri, look), 'invokes')
        look.link(arn, CredentialsArn, 'runsAs')
        // A service is called without an address: what it is called on stands among the parameters.
        for (const value of Object.values(RequestParameters ?? {})) look.link(arn, targetOf(value, look), 'invokes')
      }
      for (const { AuthorizerUri } of authorizers?.Items ?? []) look.link(arn, targetOf(AuthorizerUri, look), 'invokes')
    }),
  )
}

/** What an integration's address names: a function in it, or a queue or topic by path; undefined for web addresses. */
function targetOf(uri: string | undefined, { region, accountId }: Look): string | undefined {
  if (uri === undefined) return undefined
  const [inner] = /arn:aws[a-z-]*:(?:lambda|sqs|sns|dynamodb|events|states):[^:/]*:\d{12}:[^/${}]+(?=\/invocations|$)/.exec(uri) ?? []
  if (inner !== undefined) return inner
  const [, service, name] = /:(sqs|sns):path\/(?:\d{12}\/)?([\w.-]+)/.exec(uri) ?? /^https?:\/\/(sqs)\.[^/]+\/\d{12}\/([\w.-]+)$/.exec(uri) ?? []
  return service === undefined ? undefined : `arn:aws:${service}:${region}:${accountId}:${name}`
}
